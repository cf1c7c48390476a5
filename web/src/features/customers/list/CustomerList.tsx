import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { t } from '@/shared/i18n'
import { ErrorState, Skeleton, part } from '@/shared/ui'
import { prefetchCustomer } from '../api/queries'
import { useWorkspace } from '../useWorkspace'
import classes from './CustomerList.module.css'
import { Arrivals } from './Arrivals'
import { ListHead } from './ListHead'
import { QuickFilters } from './QuickFilters'
import { Rows } from './Rows'
import { SearchBar } from './SearchBar'
import { select, useSelecting } from './selection'
import { useListCommands } from './useListCommands'
import { useListRows } from './useListRows'

const BulkBar = part(() => import('./BulkBar'), (m) => m.BulkBar)
const DropFolders = part(() => import('./DropFolders'), (m) => m.DropFolders)
const FoundNotes = part(() => import('./FoundNotes'), (m) => m.FoundNotes)
const ListEmpty = part(() => import('./ListEmpty'), (m) => m.ListEmpty)
const ViewBar = part(() => import('./ViewBar'), (m) => m.ViewBar)

/** Who am I working with: search, folders, filters, and the customers they leave. `alone`: nothing else is in sight, so it is the page. */
export function CustomerList({ alone }: { alone: boolean }) {
  const { search, customerId, section, open } = useWorkspace()
  const client = useQueryClient()
  const { query, list, rows, typed, shown, waiting, hasMore, more } = useListRows(search)
  const [dragged, setDragged] = useState<string>()
  const [dropped, setDropped] = useState<string>()
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
  const selecting = useSelecting()
  useListCommands(step, rows)
  // Another list, another selection.
  const key = JSON.stringify([query, search.sort])
  useEffect(() => select.clear, [key])

  return (
    <section className={classes.list} role={alone ? 'main' : undefined} aria-label={t('Customers')}>
      <ListHead total={first?.total} estimated={first?.total_is === 'estimate'} />
      <SearchBar onStep={step} hasRows={!waiting && rows.length > 0} activeId={rows.some((r) => r.id === customerId) ? customerId : undefined} />
      <QuickFilters />
      <Arrivals query={query} />
      {(search.view || search.filter) && <Suspense><ViewBar /></Suspense>}
      {waiting && <Skeleton lines={9} avatar />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Suspense><ListEmpty /></Suspense>}
      {!waiting && rows.length > 0 && (
        <Rows
          rows={rows}
          list={shown}
          typed={typed}
          activeId={customerId}
          section={section}
          stale={list.isPlaceholderData}
          hasMore={hasMore}
          onMore={more}
          onDrag={setDragged}
        />
      )}
      {search.q && !search.bin && <Suspense><FoundNotes typed={search.q} /></Suspense>}
      {selecting && (
        <Suspense>
          <BulkBar rows={rows} total={first?.total ?? rows.length} dropped={dropped} onDropped={setDropped} />
        </Suspense>
      )}
      {dragged && (
        <Suspense>
          <DropFolders customerId={dragged} row={rows.find((r) => r.id === dragged)} onMany={setDropped} onDone={() => setDragged(undefined)} />
        </Suspense>
      )}
    </section>
  )
}
