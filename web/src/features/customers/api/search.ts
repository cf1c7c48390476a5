import type { V1 } from '@/shared/api'

/** What the address says about the list and the timeline, and what that asks of the API. */
export interface CustomersSearch {
  q?: string
  folder?: string
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
  sort?: string
  events?: string
  by?: string
  until?: string
  find?: string
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined)
const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.map(String) : undefined)

export function readSearch(raw: Record<string, unknown>): CustomersSearch {
  const found: CustomersSearch = {
    q: text(raw.q), folder: text(raw.folder), status: text(raw.status), tag: list(raw.tag), worker: text(raw.worker),
    kind: raw.kind === 'person' || raw.kind === 'company' ? raw.kind : undefined,
    source: text(raw.source), country: text(raw.country), unread: raw.unread ? true : undefined, bin: raw.bin ? true : undefined,
    field: list(raw.field), sort: text(raw.sort), events: text(raw.events), by: text(raw.by), until: text(raw.until), find: text(raw.find),
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
export type Query = NonNullable<V1['/customers']['get']['parameters']['query']> & Record<`custom.${string}`, string | undefined>
export type TimelineQuery = NonNullable<V1['/customers/{id}/timeline']['get']['parameters']['query']>

/** The list's part of the address as parameters of GET /customers. */
export function listQuery(s: CustomersSearch): Query {
  const custom: Query = Object.fromEntries(
    (s.field ?? []).map(readCustomFilter).map(({ key, op, value }) => [op === 'is' ? `custom.${key}` : `custom.${key}[${op}]`, value]),
  )
  const query: Query = {
    q: s.q, within: s.folder, status_id: s.status, tag_id: s.tag, worker_id: s.worker, kind: s.kind, source: s.source,
    country: s.country, unread: s.unread && 'true', in_bin: s.bin && 'true', sort: s.sort, ...custom,
  }
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined)) as Query
}

/** How many filters of the popover are set (not search, folder, quick filters, sort). */
export function filterCount(s: CustomersSearch): number {
  return [s.status, s.worker !== 'me' && s.worker, s.kind, s.source, s.country].filter(Boolean).length + (s.tag?.length ?? 0) + (s.field?.length ?? 0)
}

export function timelineQuery(s: CustomersSearch): TimelineQuery {
  const query: TimelineQuery = { kind: s.events, actor: s.by, to: s.until, q: s.find }
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined))
}
