/** What colleagues change, brought into what is on the screen: rows by ids, open records, heads of timelines. */
import type { QueryClient } from '@tanstack/react-query'
import { api, type CustomerRow, type LiveEvent } from '@/shared/api'
import { foldersQuery, refreshVocabulary } from '@/shared/vocabulary'
import { customerOne, customerPresence, customerSummary, notesOf, readRows, refreshTimelines, relationsOf } from './queries'
import { findRow, patchRows, rowsKey, type RowPages } from './rows'

export const arrivalsKey = ['customers', 'arrivals'] as const
const IDS_A_READ = 100

function isOpen(client: QueryClient, id: string): boolean {
  return client.getQueryCache().find({ queryKey: customerOne(id).queryKey })?.isActive() ?? false
}

/** What happens to a customer while someone looks at it is seen as it happens. */
function seenIfOpen(client: QueryClient, row: CustomerRow): CustomerRow {
  if (row.unread === 0 || !isOpen(client, row.id) || !document.hasFocus()) return row
  api.POST('/customers/{id}/seen', { params: { path: { id: row.id } } }).catch(() => {})
  return { ...row, unread: 0 }
}

/** So many at once are a job's work: those that are shown are read, and nobody is told of the others one by one. */
const A_JOB = 60

function loadedOf(client: QueryClient, ids: string[]): string[] {
  const pages = client.getQueriesData<RowPages>({ queryKey: rowsKey }).flatMap(([, found]) => found?.pages ?? [])
  const loaded = new Set(pages.flatMap((page) => page.data.map((row) => row.id)))
  return ids.filter((id) => loaded.has(id))
}

/** Reads the changed rows and patches them; ids that no list has loaded are kept as arrivals, to be offered on top. */
async function refreshRows(client: QueryClient, changed: string[]) {
  const ids = changed.length > A_JOB ? loadedOf(client, changed) : changed
  for (let i = 0; i < ids.length; i += IDS_A_READ) {
    const asked = ids.slice(i, i + IDS_A_READ)
    const { data } = await readRows({ ids: asked.join(','), limit: String(IDS_A_READ) })
    const found = new Set(data.map((r) => r.id))
    const arrived = data.filter((r) => !findRow(client, r.id)).map((r) => r.id)
    patchRows(client, data.map((row) => seenIfOpen(client, row)), asked.filter((id) => !found.has(id)))
    if (arrived.length > 0) client.setQueryData<string[]>(arrivalsKey, (old = []) => [...new Set([...old, ...arrived])])
  }
}

const COUNTS_MS = 1_000
let counting: ReturnType<typeof setTimeout> | undefined
let counted = 0

/** Counts follow at once, but under a stream of changes no faster than people read. */
function recount(client: QueryClient) {
  counting ??= setTimeout(() => {
    counting = undefined
    counted = Date.now()
    void client.invalidateQueries({ queryKey: ['customers', 'count'] })
    void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
  }, Math.max(0, counted + COUNTS_MS - Date.now()))
}

function refreshOpen(client: QueryClient, id: string, events: LiveEvent[]) {
  const one = client.getQueryData(customerOne(id).queryKey)
  const known = events.every((e) => e.subject?.kind === 'customer' && one && e.subject.version <= one.version)
  if (events.some((e) => e.subject?.kind === 'customer') && !known) void client.invalidateQueries({ queryKey: customerOne(id).queryKey })
  if (events.some((e) => e.subject?.kind === 'note')) void client.invalidateQueries({ queryKey: notesOf(id).queryKey })
  if (events.some((e) => e.subject?.kind === 'relation')) void client.invalidateQueries({ queryKey: relationsOf(id).queryKey })
  void client.invalidateQueries({ queryKey: customerSummary(id).queryKey })
  if (!known || !isOpen(client, id)) void refreshTimelines(client, id)
}

export function applyLive(client: QueryClient, events: LiveEvent[]) {
  if (events.some((e) => e.kind === 'live.reset')) {
    void client.invalidateQueries({ predicate: (q) => q.queryKey[1] !== rowsKey[1] })
    void client.resetQueries({ queryKey: rowsKey })
    return
  }
  const byCustomer = Map.groupBy(events.filter((e) => e.customer_id), (e) => e.customer_id!)
  const changed: string[] = []
  for (const [id, mine] of byCustomer) {
    if (mine.some((e) => e.kind === 'presence.changed')) void client.invalidateQueries({ queryKey: customerPresence(id).queryKey })
    const lasting = mine.filter((e) => e.kind !== 'presence.changed')
    if (lasting.length === 0) continue
    changed.push(id)
    refreshOpen(client, id, lasting)
  }
  if (changed.length > 0) {
    // What could not be read now is read with the next change, or when the list is opened again.
    refreshRows(client, changed).catch(() => {})
    recount(client)
  }
  new Set(events.map((e) => e.subject?.kind ?? '')).forEach((kind) => refreshVocabulary(client, kind))
}
