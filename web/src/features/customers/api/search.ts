import { both, unpackFilter } from '@/features/finding'
import type { Expression, V1 } from '@/shared/api'

/** What the address says about the list and the timeline, and what that asks of the API. */
export interface CustomersSearch {
  q?: string
  folder?: string
  segment?: string
  status?: string
  tag?: string[]
  worker?: string
  kind?: 'person' | 'company'
  source?: string
  country?: string
  unread?: true
  bin?: true
  /** Custom fields as 'key:op:value', op one of is gte lte. */
  field?: string[]
  /** A filter as finding/address.ts packs it. */
  filter?: string
  /** The saved view that the filter and the sort came from. */
  view?: string
  sort?: string
  events?: string
  by?: string
  until?: string
  find?: string
}

/** An order that the workspace makes itself of two lists. */
export const UNREAD_FIRST = 'unread'

/** The order as the server knows it. */
export const sortOf = (s: CustomersSearch) => (s.sort === UNREAD_FIRST ? undefined : s.sort)

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined)
const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.map(String) : undefined)

export function readSearch(raw: Record<string, unknown>): CustomersSearch {
  const found: CustomersSearch = {
    q: text(raw.q), folder: text(raw.folder), segment: text(raw.segment), status: text(raw.status), tag: list(raw.tag), worker: text(raw.worker),
    kind: raw.kind === 'person' || raw.kind === 'company' ? raw.kind : undefined,
    source: text(raw.source), country: text(raw.country), unread: raw.unread ? true : undefined, bin: raw.bin ? true : undefined,
    field: list(raw.field), filter: text(raw.filter), view: text(raw.view), sort: text(raw.sort), events: text(raw.events), by: text(raw.by), until: text(raw.until), find: text(raw.find),
  }
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined))
}

export interface CustomFilter {
  key: string
  op: 'is' | 'gte' | 'lte'
  value: string
}

export function readCustomFilter(filter: string): CustomFilter {
  const [key = '', op = 'is', ...rest] = filter.split(':')
  return { key, op: op === 'gte' || op === 'lte' ? op : 'is', value: rest.join(':') }
}

export const writeCustomFilter = ({ key, op, value }: CustomFilter) => `${key}:${op}:${value}`

/** The parameters of GET /customers; the business's own fields come under custom.KEY, which no description can list. */
export type Query = NonNullable<V1['/customers']['get']['parameters']['query']> & { filter?: string } & Record<`custom.${string}`, string | undefined>
export type TimelineQuery = NonNullable<V1['/customers/{id}/timeline']['get']['parameters']['query']>

/** The list's part of the address as parameters of GET /customers. */
export function listQuery(s: CustomersSearch): Query {
  const custom: Query = Object.fromEntries(
    (s.field ?? []).map(readCustomFilter).map(({ key, op, value }) => [op === 'is' ? `custom.${key}` : `custom.${key}[${op}]`, value]),
  )
  const filter = unpackFilter(s.filter)
  const query: Query = {
    filter: filter && JSON.stringify(filter), q: s.q, within: s.folder, segment_id: s.segment, status_id: s.status, tag_id: s.tag, worker_id: s.worker, kind: s.kind, source: s.source,
    country: s.country, unread: s.unread && 'true', in_bin: s.bin && 'true', sort: sortOf(s), ...custom,
  }
  // The router hands on what an address says, read or not: an empty place asks nothing.
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined && v !== '')) as Query
}

/** Filters of older addresses, as conditions: what the filter's own form used to keep apart. */
export function olderFilters(s: CustomersSearch): Expression[] {
  const named: [string, string | undefined][] = [['status_id', s.status], ['kind', s.kind], ['source', s.source], ['country', s.country]]
  const own = (s.field ?? []).map(readCustomFilter).map(({ key, op, value }): Expression => ({ field: `custom.${key}`, [op]: value }))
  return [...named.flatMap(([field, is]): Expression[] => (is ? [{ field, is }] : [])), ...own]
}

/** Addresses in which the older filters have become conditions. */
export const withoutOlder = { status: undefined, kind: undefined, source: undefined, country: undefined, field: undefined } satisfies CustomersSearch

/** The list with nothing left out. */
export const everything = {
  q: undefined, folder: undefined, segment: undefined, status: undefined, tag: undefined, worker: undefined, kind: undefined, source: undefined, country: undefined,
  unread: undefined, bin: undefined, field: undefined, filter: undefined, view: undefined, sort: undefined,
} satisfies CustomersSearch

/** What the form of the filter shows: the conditions, without folder, search and quick filters. */
export function shownFilter(s: CustomersSearch): Expression | undefined {
  const older = olderFilters(s)
  return both(unpackFilter(s.filter), older.length > 0 ? { all: older } : undefined)
}

/** Everything the list is narrowed by as one expression, for views, bulk work and reports; unread and the bin cannot be said in one. */
export function wholeFilter(s: CustomersSearch): Expression | undefined {
  const places: Expression[] = [
    ...(s.folder ? [{ field: 'folder_id', within: s.folder }] : []),
    ...(s.segment ? [{ field: 'segment_id', is: s.segment }] : []),
    ...(s.worker ? [{ field: 'worker_id', is: s.worker }] : []),
    ...(s.tag ?? []).map((is) => ({ field: 'tag_id', is })),
    ...(s.q ? [{ search: s.q }] : []),
  ]
  return both(places.length > 0 ? { all: places } : undefined, shownFilter(s))
}

export function timelineQuery(s: CustomersSearch): TimelineQuery {
  const query: TimelineQuery = { kind: s.events, actor: s.by, to: s.until, q: s.find }
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined))
}
