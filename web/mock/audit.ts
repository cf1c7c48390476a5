/** The audit log of the mock: what its timelines tell, and a look at each of the first customers. */
import { page, type Answer, type Call } from './http.ts'
import type { AuditEntry } from './records.ts'
import { customers, events, me, newId } from './store.ts'

const opened = customers.slice(0, 40).map((c, i) => ({ customer: c, kind: 'customer.opened', actor: { kind: 'user', id: me.id, name: me.name }, at: new Date(Date.now() - i * 7 * 60_000).toISOString() }))
const ids = new Map<string, string>()

function log(): AuditEntry[] {
  const done = customers.flatMap((customer) => (events.get(customer.id) ?? []).map((e) => ({ customer, kind: e.kind, actor: e.actor, at: e.recorded_at, fields: e.changes.map((c) => c.field), key: e.id })))
  const looked = opened.map((o, i) => ({ ...o, fields: [] as string[], key: `look ${i}` }))
  return [...done, ...looked].sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ customer, kind, actor, at, fields, key }, i, all) => {
    if (!ids.has(key)) ids.set(key, newId('aud'))
    const look = kind === 'customer.opened'
    return {
      id: ids.get(key)!, seq: all.length - i, at, actor: actor as AuditEntry['actor'], route: look ? 'GET /api/v1/customers/{id}' : 'PATCH /api/v1/customers/{id}', kind, subject: customer.id, subject_name: customer.display_name,
      customer_id: customer.id as AuditEntry['customer_id'], request: `req_${key}`, address: '127.0.0.1', outcome: 200, fields, hash: '9f2c',
    }
  })
}

const is = (wanted: string | null, has: string | null) => wanted === null || wanted === has

export function audit(call: Call): Answer {
  const q = call.query
  const found = log().filter((e) => is(q.get('actor'), e.actor.id) && is(q.get('customer_id'), e.customer_id) && is(q.get('kind'), e.kind) && is(q.get('route'), e.route) && is(q.get('request'), e.request) && is(q.get('address'), e.address))
    .filter((e) => is(q.get('looks'), String(e.route.startsWith('GET '))) && q.get('refused') !== 'true')
    .filter((e) => (q.get('at[gte]') ?? '') <= e.at && e.at < (q.get('at[lt]') ?? '9'))
  return [200, page(found, q, (e) => e)]
}
