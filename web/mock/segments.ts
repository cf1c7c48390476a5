/** Segments in memory: worked out whole when they are asked for. */
import { reader } from './filters.ts'
import { invalid, page, Refusal, type Answer, type Call } from './http.ts'
import { announce } from './live.ts'
import { customers, newId } from './store.ts'
import type { Customer, Expression, Segment } from './records.ts'

const now = new Date().toISOString()
const segment = (key: Segment['key'], name: string, tone: Segment['tone'], follow_up: string, filter: Expression): Segment & { created_at: string; updated_at: string } =>
  ({ id: newId('seg'), version: 1, created_at: now, updated_at: now, key, name, tone, follow_up, filter, enabled: true, customers: 0, settled: true, problem: null })

const bookings = ['booking.requested', 'booking.confirmed', 'booking.moved']
const kept: ReturnType<typeof segment>[] = [
  segment('vip', 'VIP', 'violet', 'Priority scheduling', { any: [{ event: 'payment.received', less: 'payment.refunded', sum: 'amount', top_percent: 5 }, { event: [...bookings, 'booking.completed'], until: ['booking.cancelled', 'booking.no_show'], in_days: 365, count: { gte: 10 } }] }),
  segment('at_risk', 'At risk', 'bad', 'Reactivation', {
    any: [
      { all: [{ event: 'booking.completed' }, { event: 'booking.completed', in_days: 45, count: { lt: 1 } }, { event: bookings, until: ['booking.completed', 'booking.cancelled', 'booking.no_show'], upcoming: true, count: { lt: 1 } }] },
      { event: 'subscription.paused', until: ['subscription.resumed', 'subscription.cancelled', 'subscription.ended'] },
    ],
  }),
  segment('new', 'New', 'info', 'Onboarding', { field: 'created_at', gte: { days_ago: 30 } }),
  segment('recurring', 'Recurring', 'ok', 'Loyalty', { event: ['subscription.started', 'subscription.resumed'], until: ['subscription.paused', 'subscription.cancelled', 'subscription.ended'] }),
  segment('one_time', 'One-time', 'warn', 'Conversion', { all: [{ event: [...bookings, 'booking.completed', 'booking.no_show'], until: 'booking.cancelled', count: { gte: 1, lte: 1 } }, { event: 'subscription.started', count: { lt: 1 } }] }),
]

const named = (text: string, c: Customer) => c.display_name.toLowerCase().includes(text.toLowerCase())
const sets = new Map<string, { version: number; at: number; ids: Set<string> }>()

function setOf(one: Segment): Set<string> {
  const known = sets.get(one.id)
  if (known && known.version === one.version && Date.now() - known.at < 5_000) return known.ids
  const fits = reader(one.filter, named)
  const ids = new Set(one.enabled ? customers.filter((c) => !c.bin_until && fits(c)).map((c) => c.id) : [])
  sets.set(one.id, { version: one.version, at: Date.now(), ids })
  return ids
}

export const membersOf = (customerId: string): string[] => kept.filter((s) => setOf(s).has(customerId)).map((s) => s.id)

const REASONS: Record<string, string> = { vip: 'among the 5 % who paid most', at_risk: 'last booking 62 days ago, none upcoming', new: 'added 12 days ago', recurring: 'has a running subscription', one_time: 'exactly one booking' }
const reasonOf = (one: Segment) => REASONS[one.key ?? ''] ?? 'fits the filter'

export function segmentsOf(customerId: string) {
  return kept.filter((s) => setOf(s).has(customerId)).map((s) => ({ id: s.id, name: s.name, since: new Date(Date.now() - 12 * 86_400_000).toISOString(), reason: reasonOf(s) }))
}

const shown = (s: Segment): Segment => ({ ...s, customers: setOf(s).size })

function readBody(body: Record<string, unknown>) {
  if (body.name !== undefined && !String(body.name).trim()) throw invalid('/name', 'required', 'A name is needed')
  if (body.filter !== undefined) reader(body.filter as Expression, named, '/filter')
}

export function segments(call: Call): Answer {
  const [, id, below] = call.path
  if (!id && call.method === 'GET') return [200, page(kept, call.query, shown)]
  readBody(call.body)
  if (id === 'preview') {
    const fits = reader(call.body.filter as Expression, named, '/filter')
    const live = customers.filter((c) => !c.bin_until)
    const found = live.filter((c) => fits(c))
    return [200, { count: found.length, total: live.length, examples: found.slice(0, 5).map((c) => ({ id: c.id, display_name: c.display_name, reason: 'fits the filter' })) }]
  }
  if (!id) {
    if (!call.body.name) throw invalid('/name', 'required', 'A name is needed')
    const made = { ...segment(null, '', 'mute', '', { all: [] }), follow_up: null, ...call.body } as (typeof kept)[number]
    kept.push(made)
    announce('segment.created', 'segment', made)
    return [201, shown(made)]
  }
  const one = kept.find((s) => s.id === id)
  if (!one) throw new Refusal(404, 'not_found', 'There is no such record')
  if (below === 'members') {
    const ids = setOf(one)
    return [200, page(customers.filter((c) => ids.has(c.id)), call.query, (c) => ({ customer_id: c.id, display_name: c.display_name, since: new Date(Date.now() - 12 * 86_400_000).toISOString(), reason: reasonOf(one) }))]
  }
  if (call.method === 'GET') return [200, shown(one)]
  if (call.method === 'DELETE') kept.splice(kept.indexOf(one), 1)
  else Object.assign(one, call.body, { version: one.version + 1, updated_at: new Date().toISOString() })
  announce(`segment.${call.method === 'DELETE' ? 'deleted' : 'updated'}`, 'segment', one)
  return call.method === 'DELETE' ? [204] : [200, shown(one)]
}
