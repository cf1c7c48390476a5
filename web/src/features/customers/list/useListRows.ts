import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
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
  return {
    query, list, rows,
    waiting: list.isPending || (split && above.isPending),
    hasMore: next.hasNextPage && !next.isFetchingNextPage,
    more: () => void next.fetchNextPage(),
  }
}
