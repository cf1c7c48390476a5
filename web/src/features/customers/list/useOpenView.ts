import { packFilter, useViews } from '@/features/finding'
import type { View } from '@/shared/api'
import { everything, type CustomersSearch } from '../api/search'
import { useSearchOf, useSetSearch } from '../useWorkspace'

/** The address in which a view lies open. */
export const viewSearch = (view: View): Partial<CustomersSearch> => ({ ...everything, view: view.id, filter: packFilter(view.filter), sort: view.sort ?? undefined })

/** The views one sees, the one that is open, and the way into another. */
export function useOpenView() {
  const search = useSearchOf('view')
  const setSearch = useSetSearch()
  const views = useViews()
  const view = views.find((v) => v.id === search.view)
  const openView = (wanted: View) => setSearch(viewSearch(wanted))
  // A folder is another place than a view: what the view brought along stays behind.
  const leave = search.view ? { view: undefined, filter: undefined, sort: undefined } : {}
  return { views, view, openView, leave }
}
