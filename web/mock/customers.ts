import { reader } from './filters.ts'
import { membersOf } from './segments.ts'
import { customers, events, folders, me, seen, statuses, tags, users } from './store.ts'
import type { Change, Customer, CustomerRow, Expression } from './records.ts'

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function latest(c: Customer) {
  return events.get(c.id)?.at(-1)
}

/** Where a search found somebody whose name does not say it. */
function matchOf(c: Customer, q: string): { match?: CustomerRow['match'] } {
  const words = fold(q).split(/\s+/).filter(Boolean)
  if (words.every((w) => fold(c.display_name).includes(w))) return {}
  const texts: [string, string | null | undefined][] = [
    ['company_name', c.company_name], ...c.emails.map((e) => ['email', e.address] as [string, string]), ...c.phones.map((p) => ['phone', p.number] as [string, string]),
    ...c.tag_ids.map((id) => ['tag', tags.find((t) => t.id === id)?.name] as [string, string | undefined]),
  ]
  const found = texts.find(([, text]) => words.some((w) => fold(text ?? '').includes(w) || (text ?? '').replace(/\D/g, '').includes(w)))
  return found?.[1] ? { match: { field: found[0], text: found[1] } } : {}
}

export function row(c: Customer, q = ''): CustomerRow {
  const list = events.get(c.id) ?? []
  const last = list.at(-1)
  return {
    id: c.id, version: c.version, kind: c.kind, display_name: c.display_name, company_name: c.company_name, folder_id: c.folder_id, status_id: c.status_id, tag_ids: c.tag_ids, segment_ids: membersOf(c.id),
    responsible_id: c.workers.find((w) => w.responsible)?.user_id ?? null, photo_id: c.photo_id ?? null, city: c.addresses[0]?.city ?? null,
    activity: last ? { at: last.happened_at, kind: last.kind, headline: last.headline } : null,
    unread: Math.max(0, list.length - (seen.get(c.id) ?? list.length)),
    ...matchOf(c, q),
  }
}

function haystack(c: Customer): string {
  const tagNames = c.tag_ids.map((id) => tags.find((t) => t.id === id)?.name)
  return fold([c.display_name, c.company_name, ...c.emails.map((e) => e.address), ...c.phones.flatMap((p) => [p.number, p.number.replace(/\D/g, '')]), ...tagNames].join(' '))
}

const found = (text: string, c: Customer) => fold(text).split(/\s+/).filter(Boolean).every((w) => haystack(c).includes(w))

function below(id: string): string[] {
  return [id, ...folders.filter((f) => f.parent_id === id).flatMap((f) => below(f.id))]
}

function compare(value: unknown, op: string, wanted: string): boolean {
  if (value === null || value === undefined) return false
  const [a, b] = typeof value === 'number' ? [value, Number(wanted)] : [String(value), wanted]
  if (op === 'gte') return a >= b
  if (op === 'gt') return a > b
  if (op === 'lte') return a <= b
  return a < b
}

function range(c: Customer, name: string): unknown {
  if (name.startsWith('custom.')) return c.custom[name.slice(7)]
  return name === 'activity_at' ? latest(c)?.happened_at : c[name as keyof Customer]
}

/** One filter of the list; undefined when there is no such parameter. */
function matches(c: Customer, name: string, value: string): boolean | undefined {
  const ranged = /^([\w.]+)\[(gte|gt|lte|lt)\]$/.exec(name)
  if (ranged) return compare(range(c, ranged[1]!), ranged[2]!, value)
  if (name.startsWith('custom.')) {
    const own = c.custom[name.slice(7)]
    return Array.isArray(own) ? own.includes(value) : String(own) === value
  }
  switch (name) {
    case 'ids': return value.split(',').includes(c.id)
    case 'q': return found(value, c)
    case 'folder_id': return c.folder_id === value
    case 'within': return below(value).includes(c.folder_id ?? '')
    case 'status_id': return c.status_id === value
    case 'tag_id': return c.tag_ids.includes(value)
    case 'segment_id': return membersOf(c.id).includes(value)
    case 'worker_id': return c.workers.some((w) => w.user_id === (value === 'me' ? me.id : value))
    case 'unread': return row(c).unread > 0 === (value === 'true')
    case 'in_bin': return true
    case 'kind': case 'source': case 'language': return c[name] === value
    case 'country': case 'city': return c.addresses.some((a) => a[name] === value)
    case 'email': return c.emails.some((e) => e.address === value)
    default: return undefined
  }
}

const PLAIN = new Set(['limit', 'cursor', 'sort', 'shape', 'filter', 'by', 'sum'])

export function findCustomers(query: URLSearchParams): Customer[] | { unknown: string } {
  const inBin = query.get('in_bin') === 'true'
  let fitting = customers.filter((c) => Boolean(c.bin_until) === inBin)
  const filter = query.get('filter')
  if (filter) fitting = fitting.filter(reader(JSON.parse(filter) as Expression, found))
  for (const [name, value] of query) {
    if (PLAIN.has(name)) continue
    if (fitting[0] && matches(fitting[0], name, value) === undefined) return { unknown: name }
    fitting = fitting.filter((c) => matches(c, name, value))
  }
  const sort = query.get('sort') ?? '-activity_at'
  const by = sort.replace(/^-/, '')
  const turn = sort.startsWith('-') ? -1 : 1
  const key = (c: Customer) => (by === 'display_name' ? fold(c.display_name) : String(range(c, by) ?? ''))
  const keyed = fitting.map((c) => [key(c), c] as const)
  keyed.sort(([a, x], [b, y]) => turn * (a < b ? -1 : a > b ? 1 : x.id < y.id ? -1 : 1))
  return keyed.map(([, c]) => c)
}

const LABELS: Record<string, string> = {
  display_name: 'Name', given_name: 'First name', family_name: 'Last name', company_name: 'Company', emails: 'E-mails', phones: 'Phones', addresses: 'Addresses', folder_id: 'Folder', status_id: 'Status',
  tag_ids: 'Tags', workers: 'Workers', preferred_contact: 'Preferred contact', do_not_contact: 'Do not contact', newsletter: 'Newsletter', language: 'Language', time_zone: 'Time zone', source: 'Source', customer_since: 'Customer since', custom: 'Fields',
}

function words(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return ''
  const name = (list: { id: string; name: string }[], id: unknown) => list.find((x) => x.id === id)?.name ?? '?'
  if (field === 'folder_id') return name(folders, value)
  if (field === 'status_id') return name(statuses, value)
  if (field === 'tag_ids') return (value as string[]).map((id) => name(tags, id)).join(', ')
  if (field === 'workers') return (value as Customer['workers']).map((w) => name(users, w.user_id)).join(', ')
  if (field === 'emails') return (value as Customer['emails']).map((e) => e.address).join(', ')
  if (field === 'phones') return (value as Customer['phones']).map((p) => p.number).join(', ')
  if (field === 'addresses') return (value as Customer['addresses']).map((a) => [a.line1, a.city].filter(Boolean).join(', ')).join('; ')
  return typeof value === 'object' ? Object.values(value).map(String).join(', ') : String(value)
}

export function changesBetween(before: Customer, patch: Partial<Customer>): Change[] {
  return Object.entries(patch)
    .filter(([k, v]) => JSON.stringify(before[k as keyof Customer]) !== JSON.stringify(v))
    .map(([k, v]) => ({ field: k, label: LABELS[k] ?? k, from: before[k as keyof Customer], to: v, from_text: words(k, before[k as keyof Customer]), to_text: words(k, v) }))
}
