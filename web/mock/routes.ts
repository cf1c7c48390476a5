import { audit } from './audit.ts'
import { bulk, jobs } from './bulk.ts'
import { changesBetween, findCustomers, row } from './customers.ts'
import { mustBeSignedIn, sessions, setup } from './entry.ts'
import { invalid, page, Refusal, type Answer, type Call } from './http.ts'
import { filterFields } from './filters.ts'
import { imports } from './imports.ts'
import { announce } from './live.ts'
import { changeOfRole, checkRoleIsFree, viewers } from './rights.ts'
import { segments, segmentsOf } from './segments.ts'
import * as store from './store.ts'
import { tally } from './tallies.ts'
import { views } from './views.ts'
import type { Customer, Note, Role, Stored } from './records.ts'

type Plain = Stored & Record<string, unknown>

const COLLECTIONS: Record<string, { list: unknown[]; prefix: string; kind: string }> = {
  folders: { list: store.folders, prefix: 'fol', kind: 'folder' }, statuses: { list: store.statuses, prefix: 'sta', kind: 'status' },
  tags: { list: store.tags, prefix: 'tag', kind: 'tag' }, fields: { list: store.fields, prefix: 'fld', kind: 'field' },
  users: { list: store.users, prefix: 'usr', kind: 'user' }, roles: { list: store.roles, prefix: 'rol', kind: 'role' }, teams: { list: store.teams, prefix: 'tea', kind: 'team' }, keys: { list: store.keys, prefix: 'key', kind: 'key' },
}

function find<T extends { id: string }>(list: T[], id: string | undefined): T {
  const found = list.find((x) => x.id === id)
  if (!found) throw new Refusal(404, 'not_found', 'There is no such record')
  return found
}

function expectVersion(record: Stored, call: Call, current: unknown = record) {
  if (call.version !== undefined && call.version !== record.version) throw new Refusal(412, 'moved_on', 'The record has changed since', { current })
}

function touch(record: Stored, patch: object) {
  Object.assign(record, patch, { version: record.version + 1, updated_at: new Date().toISOString() })
}

function counted(name: string, record: Plain): Plain {
  const live = store.customers.filter((c) => !c.bin_until)
  if (name === 'folders') return { ...record, customers: live.filter((c) => c.folder_id === record.id).length }
  if (name === 'tags') return { ...record, customers: live.filter((c) => c.tag_ids.includes(record.id)).length }
  return record
}

function collection(name: string, call: Call): Answer {
  const { list, prefix, kind } = COLLECTIONS[name]!
  const records = list as Plain[]
  const id = call.path[1]
  if (!id && call.method === 'GET') return [200, page(records, call.query, (x) => counted(name, x))]
  if (!id) {
    if (!call.body.name && !call.body.label) throw invalid(name === 'fields' ? '/label' : '/name', 'required', 'A name is needed')
    const made = { parent_id: null, tone: 'mute', rank: 1_000_000 + records.length * 1_000, user_id: store.me.id, key: store.newId('key'), help: null, default_status_id: null, options: [], folder_ids: [], default_tag_ids: [], access: [], user_ids: [], scopes: [], permissions: [], edited: true, visibility: 'own', second_factor: false, second_factor_required: false, state: 'invited', availability: 'available', ...call.body, id: store.newId(prefix), version: 1, created_at: new Date().toISOString(), updated_at: new Date().toISOString() } as unknown as Plain
    records.push(made)
    announce(`${kind}.created`, kind, made)
    return [201, name === 'keys' ? { ...Object.assign(made, { key: undefined, hint: 'pk_…k3y9', last_used_at: null, expires_at: null }), hint: 'pk_…k3y9', key: 'pk_mock_0123456789' } : counted(name, made)]
  }
  const record = find(records, id)
  if (call.method === 'GET') return [200, counted(name, record)]
  expectVersion(record, call)
  const full = counted(name, record)
  if (call.method === 'DELETE' && name === 'folders' && (Number(full.customers) > 0 || store.folders.some((f) => f.parent_id === id))) throw new Refusal(409, 'folder_not_empty', 'The folder has customers or folders in it; move them first.')
  if (call.method === 'DELETE' && name === 'tags' && Number(full.customers) > 0) throw new Refusal(409, 'tag_in_use', `The tag is on ${String(full.customers)} customers; take it off first.`)
  if (call.method === 'DELETE' && name === 'roles') checkRoleIsFree(record as unknown as Role)
  if (call.method === 'DELETE' && name === 'users') touch(record, { state: 'disabled' })
  else if (call.method === 'DELETE') records.splice(records.indexOf(record), 1)
  else touch(record, name === 'roles' ? changeOfRole(record as unknown as Role, call.body) : call.body)
  announce(`${kind}.${call.method === 'DELETE' ? 'deleted' : 'updated'}`, kind, record)
  return call.method === 'DELETE' ? [204] : [200, counted(name, record)]
}

function checkCustomer(body: Partial<Customer>) {
  body.emails?.forEach((e, i) => {
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(e.address)) throw invalid(`/emails/${i}/address`, 'not_an_email', 'This is not an e-mail address')
  })
  body.phones?.forEach((p, i) => {
    if (p.number.replace(/\D/g, '').length < 5) throw invalid(`/phones/${i}/number`, 'not_a_phone', 'This is not a phone number')
    p.e164 = p.number.startsWith('+') ? `+${p.number.replace(/\D/g, '')}` : null
  })
}

const nameOf = (c: Partial<Customer>) => [c.given_name, c.family_name].filter(Boolean).join(' ') || c.company_name || c.emails?.[0]?.address || c.phones?.[0]?.number || ''

function createCustomer(body: Partial<Customer>): Answer {
  checkCustomer(body)
  const display = body.display_name || nameOf(body)
  if (!display) throw invalid('/display_name', 'required', 'A name, an e-mail, a phone or a company is needed')
  const status = store.statuses.find((s) => s.folder_id === body.folder_id)?.id ?? null
  const now = new Date().toISOString()
  const made: Customer = {
    kind: 'person', given_name: null, family_name: null, company_name: null, emails: [], phones: [], addresses: [], folder_id: null, status_id: status, tag_ids: [],
    workers: [{ user_id: store.me.id, responsible: true }], preferred_contact: null, do_not_contact: [], newsletter: false, language: null, time_zone: null, source: null, customer_since: null,
    custom: {}, import_keys: [], photo_id: null, ...body, display_name: display, id: store.newId('cus'), version: 1, created_at: now, updated_at: now,
  }
  store.customers.push(made)
  store.record(made.id, { kind: 'customer.created', text: `created ${display}` })
  store.seen.set(made.id, 1)
  announce('customer.created', 'customer', made, made.id)
  return [201, made]
}

function patchCustomer(customer: Customer, call: Call): Answer {
  expectVersion(customer, call)
  const patch = call.body as Partial<Customer>
  checkCustomer(patch)
  if (patch.display_name === '') throw invalid('/display_name', 'required', 'A name is needed')
  const full = { ...patch, ...(patch.custom ? { custom: { ...customer.custom, ...patch.custom } } : {}) }
  const changes = changesBetween(customer, full)
  if (changes.length > 0) {
    const what = changes.map((c) => c.label.toLowerCase()).join(', ')
    touch(customer, full)
    store.record(customer.id, { kind: 'customer.updated', text: `changed the ${what}`, changes })
    store.seen.set(customer.id, store.events.get(customer.id)!.length)
    announce('customer.updated', 'customer', customer, customer.id)
  }
  return [200, customer]
}

const GROUPS: Record<string, RegExp> = { notes: /^note\./, changes: /^customer\./ }

function timeline(id: string, query: URLSearchParams): Answer {
  const [kind, actor, q, from, to] = ['kind', 'actor', 'q', 'from', 'to'].map((k) => query.get(k))
  const end = to && to.length === 10 ? `${to}T23:59:59.999Z` : to
  const noteText = (e: { facts: Record<string, unknown> }) => store.notes.find((n) => n.id === e.facts.note_id)?.body ?? ''
  const found = (store.events.get(id) ?? []).toReversed()
    .filter((e) => !kind || (GROUPS[kind]?.test(e.kind) ?? e.kind === kind))
    .filter((e) => !actor || e.actor.id === actor)
    .filter((e) => !q || `${e.headline} ${noteText(e)}`.toLowerCase().includes(q.toLowerCase()))
    .filter((e) => (!from || e.happened_at >= from) && (!end || e.happened_at <= end))
  const answered = page(found, query, (e) => e)
  const notes = Object.fromEntries(answered.data.flatMap((e) => store.notes.filter((n) => n.id === e.facts.note_id && !n.bin_until)).map((n) => [n.id, n]))
  return [200, { data: answered.data, next: answered.next, recorded_since: { 'customer.updated': '2024-11-01T00:00:00.000Z' }, included: { notes } }]
}

function presenceOf(customer: Customer, call: Call): Answer {
  const others = customer === store.customers[2] ? [{ user_id: store.users[1]!.id, name: store.users[1]!.name, field: null, since: new Date().toISOString() }] : []
  if (call.method === 'GET') return [200, { data: others }]
  return [204]
}

function customerBelow(customer: Customer, call: Call): Answer {
  const what = call.path[2]
  if (what === 'timeline') return timeline(customer.id, call.query)
  if (what === 'viewers') return viewers(customer.id, call)
  if (what === 'presence') return presenceOf(customer, call)
  if (what === 'summary') {
    const counts = { notes: store.notes.filter((n) => n.customer_id === customer.id && !n.bin_until).length, relations: store.relations.filter((r) => r.from_id === customer.id || r.to_id === customer.id).length }
    const { activity, unread } = row(customer)
    return [200, { counts, last_contact_at: activity?.at ?? null, activity, unread, segments: segmentsOf(customer.id) }]
  }
  if (what === 'seen') {
    store.seen.set(customer.id, store.events.get(customer.id)?.length ?? 0)
    return [204]
  }
  if (what === 'restoration') {
    delete customer.bin_until
    touch(customer, {})
    announce('customer.restored', 'customer', customer, customer.id)
    return [200, customer]
  }
  throw new Refusal(404, 'not_found', 'There is no such address')
}

function customers(call: Call): Answer {
  const [, id, below] = call.path
  if (id === 'lookalikes') {
    const name = call.query.get('name')?.toLowerCase()
    const email = call.query.get('email')?.toLowerCase()
    const phone = call.query.get('phone')?.replace(/\D/g, '')
    const alike = store.customers.filter((c) => !c.bin_until && ((name && c.display_name.toLowerCase() === name) || (email && c.emails.some((e) => e.address === email)) || (phone && phone.length > 5 && c.phones.some((p) => p.number.replace(/\D/g, '').includes(phone)))))
    return [200, { data: alike.slice(0, 5).map((c) => row(c)) }]
  }
  if (id === 'filters') return [200, { data: filterFields() }]
  if (!id || id === 'tally') {
    if (call.method === 'POST') return createCustomer(call.body as Partial<Customer>)
    const found = findCustomers(call.query)
    if ('unknown' in found) throw new Refusal(422, 'unknown_parameter', `There is no parameter ${found.unknown}`)
    if (id === 'tally') return [200, tally(found, call.query)]
    return [200, page(found, call.query, (c) => (call.query.get('shape') === 'row' ? row(c, call.query.get('q') ?? '') : c))]
  }
  const customer = find(store.customers, id)
  if (below) return customerBelow(customer, call)
  if (customer.bin_until && call.method === 'GET') throw new Refusal(410, 'in_bin', 'This customer is in the bin', { bin_until: customer.bin_until })
  if (call.method === 'GET') return [200, customer]
  if (call.method === 'PATCH') return patchCustomer(customer, call)
  expectVersion(customer, call)
  touch(customer, { bin_until: new Date(Date.now() + 30 * 86_400_000).toISOString() })
  announce('customer.deleted', 'customer', customer, customer.id)
  return [204]
}

const byRank = (a: Note, b: Note) => (a.rank < b.rank ? -1 : 1)

function rankAfter(note: Note, after: string | null): string {
  const siblings = store.notes.filter((n) => n.customer_id === note.customer_id && n !== note).sort(byRank)
  const at = after ? siblings.findIndex((n) => n.id === after) + 1 : 0
  siblings.splice(at, 0, note)
  siblings.forEach((n, i) => (n.rank = `a${String(i).padStart(6, '0')}`))
  return note.rank
}

function notes(call: Call): Answer {
  const [, id, below] = call.path
  if (!id && call.method === 'GET') return [200, page(store.notes.filter((n) => n.customer_id === call.query.get('customer_id') && !n.bin_until).sort(byRank), call.query, (n) => n)]
  if (!id) {
    const body = String(call.body.body ?? '').trim()
    if (!body) throw invalid('/body', 'required', 'The note is empty')
    const now = new Date().toISOString()
    const note: Note = { public: false, pinned: false, alert: false, ...call.body, id: store.newId('not'), version: 1, created_at: now, updated_at: now, customer_id: String(call.body.customer_id), author_id: store.me.id, body, html: store.html(body), rank: 'a', mentions: [] }
    store.notes.push(note)
    rankAfter(note, null)
    store.record(note.customer_id, { kind: 'note.written', text: 'wrote a note', facts: { note_id: note.id }, subject: { kind: 'note', id: note.id } })
    store.seen.set(note.customer_id, store.events.get(note.customer_id)!.length)
    announce('note.written', 'note', note, note.customer_id)
    return [201, note]
  }
  const note = find(store.notes, id)
  if (below === 'restoration') delete note.bin_until
  else if (call.method === 'DELETE') note.bin_until = new Date().toISOString()
  else if (call.method === 'PATCH') {
    expectVersion(note, call)
    const { after, ...patch } = call.body as { after?: string | null }
    if (after !== undefined) rankAfter(note, after)
    touch(note, patch)
    note.html = store.html(note.body)
  }
  announce('note.updated', 'note', note, note.customer_id)
  return call.method === 'DELETE' ? [204] : [200, note]
}

const FORWARD: Record<string, string> = { employer_of: 'Employee', family: 'Family', branch_of: 'Main office', parent_of: 'Subsidiary', partner_of: 'Partner', referred: 'Referred', other: 'Related' }
const BACKWARD: Record<string, string> = { ...FORWARD, employer_of: 'Employer', branch_of: 'Branch', parent_of: 'Parent company', referred: 'Referred by' }

const seenFrom = (customerId: string) => (r: (typeof store.relations)[number]) => {
  const forward = r.from_id === customerId
  const other = find(store.customers, forward ? r.to_id : r.from_id)
  return { ...r, other: { id: other.id, display_name: other.display_name, kind: other.kind }, label: (forward ? FORWARD : BACKWARD)[r.kind] }
}

function relations(call: Call): Answer {
  const id = call.path[1]
  if (id) {
    const gone = find(store.relations, id)
    store.relations.splice(store.relations.indexOf(gone), 1)
    announce('relation.deleted', 'relation', gone, gone.from_id)
    return [204]
  }
  if (call.method === 'POST') {
    const body = call.body as { from_id: string; to_id: string; kind: string }
    if (body.from_id === body.to_id) throw invalid('/to_id', 'same', 'A customer is not related to itself')
    const made = { note: null, ...body, id: store.newId('rel'), version: 1, created_at: new Date().toISOString(), updated_at: new Date().toISOString() } as unknown as (typeof store.relations)[number]
    store.relations.push(made)
    store.record(body.from_id, { kind: 'relation.created', text: `linked ${find(store.customers, body.to_id).display_name}` })
    announce('relation.created', 'relation', made, body.from_id)
    return [201, seenFrom(body.from_id)(made)]
  }
  const customer = call.query.get('customer_id') ?? ''
  return [200, page(store.relations.filter((r) => r.from_id === customer || r.to_id === customer), call.query, seenFrom(customer))]
}

function businessRecord(call: Call): Answer {
  if (call.method === 'PATCH') touch(store.business, call.body)
  return [200, store.business]
}

export function route(call: Call): Answer {
  const area = call.path[0] ?? ''
  if (area === 'setup') return setup(call)
  if (area === 'session' || area === 'sessions') return sessions(call)
  mustBeSignedIn()
  if (area === 'business') return businessRecord(call)
  if (area === 'customers') return customers(call)
  if (area === 'notes') return notes(call)
  if (area === 'relations') return relations(call)
  if (area === 'imports') return imports(call)
  if (area === 'views') return views(call)
  if (area === 'bulk') return bulk(call)
  if (area === 'jobs') return jobs(call)
  if (area === 'segments') return segments(call)
  if (area === 'audit') return audit(call)
  if (area === 'users' && call.path[2] === 'invitation') return [201, { url: '/join#token=mock', expires_at: new Date(Date.now() + 7 * 86_400_000).toISOString() }]
  if (area in COLLECTIONS) return collection(area, call)
  throw new Refusal(404, 'not_found', 'There is no such address')
}
