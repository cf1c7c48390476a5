import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, ask, askAs, type Customer, type CustomerRow, type CustomerSummary, type List, type Presence, type TimelinePage } from '@/shared/api'
import { mergeHead, type EventPages } from './events'
import { rowsKey, type RowPage } from './rows'
import type { Query, TimelineQuery } from './search'

const ROWS_A_PAGE = 100
const EVENTS_A_PAGE = 40

export async function readRows(query: Query): Promise<List<CustomerRow>> {
  return (await ask(api.GET('/customers', { params: { query: { shape: 'row', ...query } } }))) as List<CustomerRow>
}

export const customerRows = (query: Query) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey, query],
    queryFn: async ({ pageParam }): Promise<RowPage> => ({ ...(await readRows({ ...query, limit: String(ROWS_A_PAGE), cursor: pageParam })), asked: query }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export const customerCount = (query: Query) =>
  queryOptions({
    queryKey: ['customers', 'count', query],
    queryFn: async () => (await readRows({ ...query, limit: '1' })).total,
    staleTime: 30_000,
  })

export const customerOne = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: () => askAs<Customer>(api.GET('/customers/{id}', { params: { path: { id } } })),
  })

export const customerSummary = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'summary', id],
    queryFn: () => askAs<CustomerSummary>(api.GET('/customers/{id}/summary', { params: { path: { id } } })),
  })

export const customerPresence = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'presence', id],
    queryFn: async () => (await askAs<{ data: Presence[] }>(api.GET('/customers/{id}/presence', { params: { path: { id } } }))).data,
    staleTime: 20_000,
  })

const readEvents = (id: string, query: TimelineQuery) => askAs<TimelinePage>(api.GET('/customers/{id}/timeline', { params: { path: { id }, query } }))

export const customerTimeline = (id: string, query: TimelineQuery = {}) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'timeline', id, query],
    queryFn: ({ pageParam }) => readEvents(id, { ...query, limit: String(EVENTS_A_PAGE), cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Reads the newest events of every timeline of this customer that is loaded, and merges them. */
export async function refreshTimelines(client: QueryClient, id: string) {
  const loaded = client.getQueriesData<EventPages>({ queryKey: ['customers', 'timeline', id] })
  await Promise.all(
    loaded.map(async ([key, pages]) => {
      if (!pages) return
      // A customer who went into the bin meanwhile has no timeline to read; what is shown stays until it is left.
      const head = await readEvents(id, { ...(key[3] as TimelineQuery), limit: String(EVENTS_A_PAGE) }).catch(() => undefined)
      if (!head) return
      client.setQueryData<EventPages>(key, (now) => now && mergeHead(now, head))
    }),
  )
}

export const notesOf = (customerId: string) =>
  queryOptions({
    queryKey: ['notes', customerId],
    queryFn: async () => (await ask(api.GET('/notes', { params: { query: { customer_id: customerId, limit: '200' } } }))).data,
  })

/** Notes with these words, and the names of the customers they are about. */
export const foundNotes = (q: string, limit: number) =>
  queryOptions({
    queryKey: ['notes', 'found', q, limit],
    queryFn: async () => {
      const page = await ask(api.GET('/notes', { params: { query: { q, limit: String(limit) } } }))
      const ids = [...new Set(page.data.map((note) => note.customer_id))]
      const rows = ids.length ? (await readRows({ ids: ids.join(','), limit: String(ids.length) })).data : []
      return { notes: page.data, total: page.total, exact: page.total_is === 'exact', names: new Map(rows.map((row) => [row.id, row.display_name])) }
    },
    staleTime: 30_000,
  })

export const relationsOf = (customerId: string) =>
  queryOptions({
    queryKey: ['relations', customerId],
    queryFn: async () => (await ask(api.GET('/relations', { params: { query: { customer_id: customerId, limit: '200' } } }))).data,
  })

/** Starts everything the profile shows first, without waiting for it. */
export function prefetchCustomer(client: QueryClient, id: string) {
  void client.prefetchQuery(customerOne(id))
  void client.prefetchQuery(customerSummary(id))
  void client.prefetchInfiniteQuery(customerTimeline(id))
}
