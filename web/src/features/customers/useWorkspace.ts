import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { CustomersSearch } from './api/search'

export type Section = 'timeline' | 'profile' | 'notes' | 'related'

/** What the address says about the list. Who is open does not matter here, so that nothing is drawn anew when one switches. */
export function useListSearch() {
  const search = useSearch({ from: '/_app/customers' })
  const navigate = useNavigate()
  const setSearch = useCallback(
    (change: Partial<CustomersSearch>, replace = false) =>
      void navigate({ to: '.', search: (old: CustomersSearch) => ({ ...old, ...change }), replace }),
    [navigate],
  )
  return { search, setSearch }
}

/** What the address says is open, and the ways to change it. */
export function useWorkspace() {
  const { search, setSearch } = useListSearch()
  const params = useParams({ strict: false })
  const navigate = useNavigate()
  const section = (params.section ?? 'timeline') as Section

  const open = useCallback(
    (customerId: string, to: Section = section, replace = false) =>
      void navigate({ to: '/customers/$customerId/$section', params: { customerId, section: to }, search: withoutEvents, replace }),
    [navigate, section],
  )

  const close = useCallback(() => void navigate({ to: '/customers', search: withoutEvents }), [navigate])

  return { search, customerId: params.customerId, section, setSearch, open, close }
}

/** Another customer's timeline starts unfiltered. */
export function withoutEvents(old: CustomersSearch): CustomersSearch {
  const { events: _e, by: _b, until: _u, find: _f, ...list } = old
  return list
}
