import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { CustomerRow } from '@/shared/api'
import { customerRows } from '../api/queries'
import { listQuery, UNREAD_FIRST, type CustomersSearch } from '../api/search'

const none: CustomerRow[] = []

/** The unread ones, then everybody else: who was read meanwhile stays where the eye has it. */
export function unreadFirst(unread: CustomerRow[], everybody: CustomerRow[], allUnreadKnown: boolean): CustomerRow[] {
  if (!allUnreadKnown) return unread
  const above = new Set(unread.map((r) => r.id))
  return [...unread, ...everybody.filter((r) => !above.has(r.id))]
}

/** The rows of the list as far as they are loaded, in the order that was chosen. */
export function useListRows(search: CustomersSearch) {
  const query = useMemo(() => listQuery(search), [search])
  const list = useInfiniteQuery(customerRows(query))
  const split = search.sort === UNREAD_FIRST && !search.unread && !search.bin
  const above = useInfiniteQuery({ ...customerRows({ ...query, unread: 'true' }), enabled: split })
  const everybody = useMemo(() => list.data?.pages.flatMap((p) => p.data) ?? none, [list.data])
  const unread = above.data
  const rows = useMemo(() => {
    if (!split || !unread) return everybody
    return unreadFirst(unread.pages.flatMap((p) => p.data), everybody, !unread.pages.at(-1)?.next)
  }, [split, unread, everybody])
  const next = split && above.hasNextPage ? above : list
  const { fetchNextPage } = next
  const asked = list.data?.pages[0]?.asked ?? query
  return {
    query, list, rows,
    /** What was searched for the rows that are shown, and a name for their list. */
    typed: asked.q,
    shown: useMemo(() => JSON.stringify([asked, split]), [asked, split]),
    waiting: list.isPending || (split && above.isPending),
    hasMore: next.hasNextPage && !next.isFetchingNextPage,
    more: useCallback(() => void fetchNextPage(), [fetchNextPage]),
  }
}
