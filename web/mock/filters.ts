/** Filters of customers as the server reads them, over the mock's memory: what may be asked, and who fits. */
import { invalid } from './http.ts'
import { random } from './people.ts'
import { customers, events, fields, folders, me } from './store.ts'
import type { Comparison, Customer, Expression, FilterField, Happened, Operand } from './records.ts'
import { membersOf } from './segments.ts'

const DAY = 86_400_000
const CUSTOM: Record<string, FilterField['shape']> = { number: 'number', money: 'number', checkbox: 'flag', date: 'date', date_time: 'time', choice: 'choice', choices: 'choice', user: 'id', customer: 'id', file: 'id' }
const PREFIX: Record<string, string> = { user: 'usr', customer: 'cus', file: 'fil' }

const field = (name: string, label: string, shape: FilterField['shape'], more: Partial<FilterField> = {}): FilterField =>
  ({ name, label, shape, ordered: shape === 'time' || shape === 'date', contains: shape === 'text', prefix: null, choices: [], ...more })
const id = (name: string, label: string, prefix: string) => field(name, label, 'id', { prefix })

const STANDING: FilterField[] = [
  field('name', 'Name', 'text'), id('folder_id', 'Folder', 'fol'), id('status_id', 'Status', 'sta'), id('tag_id', 'Tag', 'tag'), id('worker_id', 'Worker', 'usr'), id('responsible_id', 'Responsible', 'usr'),
  field('kind', 'Kind', 'choice', { choices: ['person', 'company'] }), field('source', 'Source', 'text', { contains: false }), field('email', 'E-mail', 'text'), field('phone', 'Phone', 'text'), field('city', 'City', 'text'),
  field('country', 'Country', 'text', { contains: false }), field('language', 'Language', 'text', { contains: false }), field('newsletter', 'Newsletter', 'flag'),
  field('preferred_contact', 'Preferred contact', 'choice', { choices: ['email', 'sms', 'whatsapp', 'call', 'post'] }), field('customer_since', 'Customer since', 'date'), field('activity_at', 'Last activity', 'time'),
  field('created_at', 'Created', 'time'), field('updated_at', 'Changed', 'time'), field('import_source', 'Imported from', 'text', { contains: false }), id('segment_id', 'Segment', 'seg'),
]

export function filterFields(): FilterField[] {
  return [...STANDING, ...fields.map((f) => {
    const shape = CUSTOM[f.type] ?? 'text'
    return field(`custom.${f.key}`, f.label, shape, { ordered: shape !== 'flag' && shape !== 'id', prefix: PREFIX[f.type] ?? null, choices: f.options.map((o) => o.value) })
  })]
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function valuesOf(c: Customer, name: string): unknown[] {
  const list = (x: unknown) => (x === null || x === undefined || x === '' ? [] : [x].flat())
  if (name.startsWith('custom.')) return list(c.custom[name.slice(7)]).map((v) => (typeof v === 'object' && v !== null && 'amount' in v ? v.amount : v))
  switch (name) {
    case 'name': return [c.display_name]
    case 'tag_id': return c.tag_ids
    case 'worker_id': return c.workers.map((w) => w.user_id)
    case 'responsible_id': return c.workers.filter((w) => w.responsible).map((w) => w.user_id)
    case 'email': return c.emails.map((e) => e.address)
    case 'phone': return c.phones.map((p) => p.e164 ?? p.number)
    case 'city': case 'country': return c.addresses.flatMap((a) => list(a[name]))
    case 'activity_at': return list(events.get(c.id)?.at(-1)?.happened_at)
    case 'import_source': return c.import_keys.map((k) => k.source)
    case 'segment_id': return membersOf(c.id)
    default: return list(c[name as keyof Customer])
  }
}

/* What happened outside of the timeline: bookings and payments, of which the mock has only counts. */
export interface Booked { kind: string; at: number; amount: number }
const booked = new Map<string, Booked[]>()
const chance = random(77)
for (const c of customers) {
  const list: Booked[] = []
  for (let n = Math.floor(chance() * chance() * 14); n > 0; n--) {
    const at = Date.now() - Math.floor(chance() * chance() * 500) * DAY
    list.push({ kind: chance() < 0.12 ? 'booking.cancelled' : 'booking.completed', at, amount: 0 }, { kind: 'payment.received', at, amount: 2_000 + Math.floor(chance() * 30_000) })
  }
  if (chance() < 0.2) list.push({ kind: 'booking.confirmed', at: Date.now() - 2 * DAY, amount: 0 })
  if (chance() < 0.15) list.push({ kind: chance() < 0.2 ? 'subscription.paused' : 'subscription.started', at: Date.now() - 60 * DAY, amount: 0 })
  booked.set(c.id, list)
}

function below(folderId: string): string[] {
  return [folderId, ...folders.filter((f) => f.parent_id === folderId).flatMap((f) => below(f.id))]
}

function moment(value: Operand): unknown {
  if (typeof value !== 'object') return value
  const days = 'days_ago' in value ? -value.days_ago : value.days_ahead
  return new Date(Date.now() + days * DAY).toISOString()
}

function check(e: Comparison, pointer: string) {
  const known = filterFields().find((f) => f.name === e.field)
  if (!known) throw invalid(`${pointer}/field`, 'unknown_field', `There is no field ${e.field} to filter by.`)
  if (Object.keys(e).length < 2) throw invalid(pointer, 'nothing_asked', 'Say what the field must be: is, gte, contains, empty …')
  if (e.contains !== undefined && !known.contains) throw invalid(`${pointer}/contains`, 'not_for_this_field', `The field ${e.field} can't be asked for contains.`)
}

function compares(e: Comparison, c: Customer): boolean {
  const values = valuesOf(c, e.field)
  const equal = (v: unknown, w: Operand) => v === (w === 'me' ? me.id : w) || (typeof v === 'string' && typeof w === 'string' && fold(v) === fold(w)) || String(v) === String(w)
  const some = (w: Operand | Operand[]) => [w].flat().some((x) => values.some((v) => equal(v, x)))
  const ordered = (name: 'gt' | 'gte' | 'lt' | 'lte', fits: (a: never, b: never) => boolean) => e[name] === undefined || values.some((v) => fits(v as never, moment(e[name]!) as never))
  return (
    (e.is === undefined || some(e.is)) && (e.is_not === undefined || !some(e.is_not)) &&
    (e.within === undefined || below(e.within).includes(c.folder_id ?? '')) &&
    (e.contains === undefined || values.some((v) => fold(String(v)).includes(fold(e.contains!)))) &&
    (e.empty === undefined || (values.length === 0) === e.empty) &&
    ordered('gt', (a, b) => a > b) && ordered('gte', (a, b) => a >= b) && ordered('lt', (a, b) => a < b) && ordered('lte', (a, b) => a <= b)
  )
}

function eventsOf(e: Happened, c: Customer): Booked[] {
  const notes = (events.get(c.id) ?? []).map((x): Booked => ({ kind: x.kind, at: Date.parse(x.happened_at), amount: 0 }))
  const kinds = [e.event].flat()
  const since = e.in_days ? Date.now() - e.in_days * DAY : 0
  return [...(booked.get(c.id) ?? []), ...notes].filter((x) => kinds.includes(x.kind) && x.at >= since)
}

const paid = (c: Customer) => (booked.get(c.id) ?? []).reduce((n, x) => n + x.amount, 0)

/** What one must have paid to be among the highest. */
function least(percent: number): number {
  const all = customers.map(paid).filter((n) => n > 0).toSorted((a, b) => b - a)
  return all[Math.ceil((all.length * percent) / 100) - 1] ?? Infinity
}

function happened(e: Happened, c: Customer): boolean {
  const found = eventsOf(e, c)
  if (e.sum) return found.reduce((n, x) => n + x.amount, 0) >= (e.gte ?? 1)
  const { gt = -1, gte = e.count ? 0 : 1, lt = Infinity, lte = Infinity } = e.count ?? {}
  return found.length > gt && found.length >= gte && found.length < lt && found.length <= lte
}

/** Whether somebody fits; refuses what the server would refuse, with its place. */
export function reader(e: Expression, search: (text: string, c: Customer) => boolean, pointer = '?filter'): (c: Customer) => boolean {
  if (typeof e !== 'object' || e === null || Array.isArray(e)) throw invalid(pointer, 'not_an_object', 'A condition must be an object.')
  if ('all' in e) {
    const parts = e.all.map((x, i) => reader(x, search, `${pointer}/all/${i}`))
    return (c) => parts.every((fits) => fits(c))
  }
  if ('any' in e) {
    const parts = e.any.map((x, i) => reader(x, search, `${pointer}/any/${i}`))
    return (c) => parts.some((fits) => fits(c))
  }
  if ('not' in e) {
    const inner = reader(e.not, search, `${pointer}/not`)
    return (c) => !inner(c)
  }
  if ('field' in e) {
    check(e, pointer)
    return (c) => compares(e, c)
  }
  if ('event' in e && e.top_percent !== undefined) {
    const bound = least(e.top_percent)
    return (c) => paid(c) >= bound
  }
  if ('event' in e) return (c) => happened(e, c)
  if ('search' in e) return (c) => search(e.search, c)
  throw invalid(pointer, 'not_a_condition', 'A condition needs one of the members all, any, not, field, search, event.')
}
