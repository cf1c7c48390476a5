import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { t } from '@/shared/i18n'
import { ErrorState, Skeleton } from '@/shared/ui'
import { customerRows, prefetchCustomer } from '../api/queries'
import { listQuery } from '../api/search'
import { useWorkspace } from '../useWorkspace'
import classes from './CustomerList.module.css'
import { DropFolders } from './DropFolders'
import { Arrivals } from './Arrivals'
import { ListEmpty } from './ListEmpty'
import { ListHead } from './ListHead'
import { QuickFilters } from './QuickFilters'
import { Rows } from './Rows'
import { SearchBar } from './SearchBar'
import { useListCommands } from './useListCommands'

const none: never[] = []

/** Who am I working with: search, folders, filters, and the customers they leave. */
export function CustomerList() {
  const { search, customerId, open } = useWorkspace()
  const client = useQueryClient()
  const query = useMemo(() => listQuery(search), [search])
  const list = useInfiniteQuery(customerRows(query))
  const [dragged, setDragged] = useState<string>()
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.data) ?? none, [list.data])
  const first = list.data?.pages[0]

  const now = useRef({ rows, customerId })
  useEffect(() => {
    now.current = { rows, customerId }
  })
  const step = useCallback(
    (by: 1 | -1) => {
      const { rows: list, customerId: from } = now.current
      const at = list.findIndex((r) => r.id === from)
      const to = at < 0 ? 0 : at + by
      const next = list[to]
      if (!next) return
      open(next.id, undefined, from !== undefined)
      const after = list[to + by]
      if (after) prefetchCustomer(client, after.id)
    },
    [client, open],
  )
  useListCommands(step)

  return (
    <section className={classes.list} aria-label={t('Customers')}>
      <ListHead total={first?.total} estimated={first?.total_is === 'estimate'} />
      <SearchBar onStep={step} activeId={rows.some((r) => r.id === customerId) ? customerId : undefined} />
      <QuickFilters />
      <Arrivals query={query} />
      {list.isPending && <Skeleton lines={9} avatar />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <ListEmpty />}
      {rows.length > 0 && (
        <Rows
          key={JSON.stringify(query)}
          rows={rows}
          activeId={customerId}
          stale={list.isPlaceholderData}
          hasMore={list.hasNextPage && !list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
          onDrag={setDragged}
        />
      )}
      {dragged && <DropFolders customerId={dragged} row={rows.find((r) => r.id === dragged)} onDone={() => setDragged(undefined)} />}
    </section>
  )
}
