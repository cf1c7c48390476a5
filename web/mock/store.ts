/** The mock's whole memory: records as the API answers them, and the spine of what happened. */
import { COMPANIES, FAMILY, GIVEN, NOTES, PLACES, random, STREETS } from './people.ts'
import type {
  Business, Customer, Field, Folder, Import, Key, Note, Presence, Relation, Role, Status, Tag, Team, TimelineEvent, Tone, User,
} from './records.ts'

const NOW = Date.now()
const MINUTE = 60_000
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
let counter = 0n

export function newId(prefix: string): string {
  let n = (BigInt(Date.now()) << 21n) + ++counter
  let text = ''
  for (let i = 0; i < 13; i++, n >>= 5n) text = ALPHABET[Number(n & 31n)] + text
  return `${prefix}_${text}`
}

const stamp = (at = NOW - 400 * 1440 * MINUTE) => ({ version: 1, created_at: new Date(at).toISOString(), updated_at: new Date(at).toISOString() })
const rank = (i: number) => `a${String(i).padStart(6, '0')}`
const place = (i: number) => (i + 1) * 1_000

export const business: Business = { id: newId('biz'), ...stamp(), name: 'Lumen & Co', slug: 'lumen', currency: 'EUR', country: 'PT', time_zone: 'Europe/Lisbon', locale: 'en-GB', audit_years: null }

const areas = ['customers', 'notes', 'relations', 'folders', 'tags', 'fields', 'users', 'roles', 'keys', 'business', 'imports', 'exports', 'audit', 'views', 'jobs', 'segments']
const all = [...areas.flatMap((a) => ['view', 'create', 'edit', 'delete'].map((x) => `${a}.${x}`)), 'customers.export', 'customers.sensitive']
export const roles: Role[] = [
  { id: newId('rol'), ...stamp(), name: 'Owner', key: 'owner', permissions: all, edited: false, visibility: 'all', area_visibility: [], second_factor_required: false },
  { id: newId('rol'), ...stamp(), name: 'Manager', key: 'manager', permissions: all, edited: false, visibility: 'all', area_visibility: [], second_factor_required: false },
  { id: newId('rol'), ...stamp(), name: 'Staff', key: 'staff', permissions: all.filter((p) => /^(customers|notes|relations|tags)\.(view|create|edit|delete)$/.test(p) || p.endsWith('.view')), edited: false, visibility: 'all', area_visibility: [], second_factor_required: false },
  { id: newId('rol'), ...stamp(), name: 'Read-only', key: 'read_only', permissions: all.filter((p) => p.endsWith('.view')), edited: false, visibility: 'all', area_visibility: [], second_factor_required: false },
]

const people = ['Dana Whitlock', 'Marco Silva', 'Jane Peacock', 'Ravi Menon', 'Sofie Berg']
export const users: User[] = people.map((name, i) => ({
  id: newId('usr'), ...stamp(), name, email: `${name.split(' ')[0]!.toLowerCase()}@lumen.example`, role_id: roles[i === 0 ? 0 : i === 1 ? 1 : 2]!.id,
  state: 'active', availability: (['available', 'available', 'busy', 'away', 'available'] as const)[i]!, title: ['Owner', 'Support', 'Sales', 'Sales', 'Office'][i]!, phone: null, import_keys: [], second_factor: false,
}))
export const me = users[0]!
export const teams: Team[] = [{ id: newId('tea'), ...stamp(), name: 'Sales', user_ids: [users[2]!.id, users[3]!.id] }]

const folderNames: [string, Folder['stage'], Tone, number | null][] = [
  ['New leads', 'lead', 'info', null], ['Website', 'lead', 'info', 0], ['Referrals', 'lead', 'violet', 0],
  ['Active clients', 'active', 'ok', null], ['Retainers', 'active', 'ok', 3], ['Projects', 'active', 'warn', 3], ['Closed', 'closed', 'mute', null],
]
export const folders: Folder[] = []
for (const [i, [name, stage, tone, parent]] of folderNames.entries()) {
  folders.push({ id: newId('fol'), ...stamp(), name, stage, tone, rank: place(i), parent_id: parent === null ? null : folders[parent]!.id, default_status_id: null, default_tag_ids: [], access: [], customers: 0 })
}

const statusNames: [number, string, Tone][] = [
  [0, 'New lead', 'info'], [0, 'Contacted', 'info'], [0, 'In trial', 'warn'], [0, 'Not a fit', 'mute'],
  [3, 'Active', 'ok'], [3, 'Renewal due', 'warn'], [3, 'At risk', 'bad'], [3, 'On hold', 'mute'], [6, 'Completed', 'ok'], [6, 'Lost', 'bad'],
]
export const statuses: Status[] = statusNames.map(([f, name, tone], i) => ({ id: newId('sta'), ...stamp(), folder_id: folders[f]!.id, name, tone, rank: place(i) }))

const tagNames: [string, Tone][] = [['VIP', 'ok'], ['Referral', 'warn'], ['Upsell target', 'violet'], ['Newsletter', 'info'], ['Late payer', 'bad'], ['Local', 'mute']]
export const tags: Tag[] = tagNames.map(([name, tone]) => ({ id: newId('tag'), ...stamp(), name, tone, customers: 0 }))

const field = (i: number, key: string, label: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  id: newId('fld'), ...stamp(), key, label, type, options: [], required: false, sensitive: false, follow_up: false, folder_ids: [], by_folder: [], rank: place(i), help: null, ...more,
})
export const fields: Field[] = [
  field(0, 'birthday', 'Birthday', 'date'),
  field(1, 'loyalty_number', 'Loyalty number', 'id_number'),
  field(2, 'plan', 'Plan', 'choice', { options: [{ value: 'basic', label: 'Basic', tone: 'mute' }, { value: 'plus', label: 'Plus', tone: 'info' }, { value: 'pro', label: 'Pro', tone: 'violet' }] }),
  field(3, 'interests', 'Interests', 'choices', { options: ['Interiors', 'Lighting', 'Workshops', 'Retail'].map((label) => ({ value: label.toLowerCase(), label, tone: 'mute' as const })) }),
  field(4, 'budget', 'Yearly budget', 'money'),
  field(5, 'team_size', 'Team size', 'number'),
  field(6, 'website', 'Website', 'url'),
  field(7, 'gdpr', 'Consent on file', 'checkbox'),
  field(8, 'next_call', 'Next call', 'date_time', { follow_up: true, help: 'Stands in the follow-up queue.' }),
  field(9, 'about', 'About', 'long_text'),
  field(10, 'account_manager', 'Account manager', 'user'),
  field(11, 'introduced_by', 'Introduced by', 'customer'),
]

export const customers: Customer[] = []
export const notes: Note[] = []
export const relations: Relation[] = []
export const keys: Key[] = []
export const imports: Import[] = []
export const events = new Map<string, TimelineEvent[]>()
export const seen = new Map<string, number>()
export const presence = new Map<string, Presence[]>()
let position = 0

export function lastPosition() {
  return position
}

export function record(customerId: string, event: Partial<TimelineEvent> & { kind: string; text: string }, at = Date.now()): TimelineEvent {
  const actor = event.actor ?? { kind: 'user' as const, id: me.id, name: me.name }
  const made: TimelineEvent = {
    id: newId('evt'), position: ++position, happened_at: new Date(at).toISOString(), recorded_at: new Date(at).toISOString(),
    group: event.kind.startsWith('note.') ? 'notes' : 'changes', customer_id: customerId, subject: { kind: 'customer', id: customerId }, changes: [], facts: {}, ...event, actor,
    headline: `${actor.name} ${event.text}`, parts: [{ text: actor.name, strong: true }, { text: ` ${event.text}`, strong: false }],
  }
  const list = events.get(customerId) ?? []
  events.set(customerId, list)
  list.push(made)
  return made
}

export function html(body: string): string {
  const safe = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const inline = safe.replace(/@\[([^\]]+)\]\(usr_\w+\)/g, '<span class="mention">@$1</span>').replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/\*(.+?)\*/g, '<em>$1</em>')
  return inline.split(/\n\n+/).map((p) => (/^- /m.test(p) ? `<ul>${p.split('\n').map((l) => `<li>${l.replace(/^- /, '')}</li>`).join('')}</ul>` : `<p>${p.replaceAll('\n', '<br>')}</p>`)).join('')
}

const r = random(2026)
const pick = <T>(list: T[]): T => list[Math.floor(r() * list.length)]!

function makeCustomer(i: number): Customer {
  const company = r() < 0.18
  const given = pick(GIVEN)
  const family = pick(FAMILY)
  const companyName = company || r() < 0.5 ? pick(COMPANIES) : null
  const name = company ? `${companyName} ${r() < 0.5 ? pick(PLACES)[0] : 'Group'}` : `${given} ${family}`
  const [city, country, zone, dial, language] = pick(PLACES)
  const folder = folders[pick([0, 1, 2, 3, 3, 3, 4, 4, 5, 6])]!
  const top = folder.parent_id ?? folder.id
  const born = NOW - Math.floor(r() * 700 * 1440) * MINUTE
  const digits = String(100000000 + Math.floor(r() * 899999999))
  const who = pick(users)
  return {
    id: newId('cus'), ...stamp(born), kind: company ? 'company' : 'person', display_name: name, given_name: company ? null : given, family_name: company ? null : family, company_name: companyName,
    emails: r() < 0.93 ? [{ address: `${given}.${family}${i}@mail.example`.normalize('NFD').replace(/[^\w.@]/g, '').toLowerCase(), label: 'work', primary: true }] : [],
    phones: r() < 0.9 ? [{ number: `${dial} ${digits.slice(0, 2)} ${digits.slice(2, 5)} ${digits.slice(5)}`, e164: `${dial}${digits}`, label: r() < 0.5 ? 'mobile' : 'work', primary: true, country: null }] : [],
    addresses: [{ kind: 'billing', line1: `${pick(STREETS)} ${1 + Math.floor(r() * 120)}`, line2: null, city, region: null, postal_code: digits.slice(0, 5), country, access_notes: null, valid_from: null, valid_to: null, primary: true }],
    folder_id: folder.id, status_id: pick(statuses.filter((s) => s.folder_id === top)).id, tag_ids: tags.filter(() => r() < 0.16).map((t) => t.id),
    workers: [{ user_id: who.id, responsible: true }, ...(r() < 0.3 && who !== me ? [{ user_id: me.id, responsible: false }] : [])],
    preferred_contact: r() < 0.6 ? pick(['email', 'call', 'whatsapp']) : null, do_not_contact: r() < 0.1 ? ['sms'] : [], newsletter: r() < 0.4, language, time_zone: zone,
    source: pick(['Website', 'Referral', 'Trade fair', 'Import', 'Instagram']), customer_since: new Date(born).toISOString().slice(0, 10),
    custom: { plan: pick(['basic', 'plus', 'pro']), team_size: 1 + Math.floor(r() * 80), gdpr: r() < 0.7, ...(r() < 0.5 ? { birthday: `19${60 + Math.floor(r() * 39)}-0${1 + Math.floor(r() * 9)}-1${Math.floor(r() * 9)}`, budget: { amount: Math.floor(r() * 4000) * 1000, currency: 'EUR' } } : {}) },
    import_keys: [], photo_id: null,
  }
}

const actor = (u: User) => ({ kind: 'user' as const, id: u.id, name: u.name })

function makeHistory(c: Customer, i: number) {
  const latest = NOW - Math.floor(i * (1 + r() * 14)) * MINUTE - 20_000
  record(c.id, { kind: 'customer.created', text: `created ${c.display_name}`, actor: actor(pick(users)) }, Date.parse(c.created_at))
  const amount = i === 2 ? 140 : 3 + Math.floor(r() * 8)
  for (let k = amount; k >= 0; k--) {
    const at = latest - Math.floor(k * k * r() * 600) * MINUTE - k * 7 * MINUTE
    const who = actor(pick(users))
    const what = r()
    if (what < 0.4) {
      const note: Note = { id: newId('not'), ...stamp(at), customer_id: c.id, author_id: who.id, body: pick(NOTES), html: '', public: r() < 0.15, pinned: false, alert: false, rank: rank(900 - notes.length), mentions: [] }
      note.html = html(note.body)
      notes.push(note)
      record(c.id, { kind: 'note.written', text: 'wrote a note', actor: who, facts: { note_id: note.id } }, at)
    } else if (what < 0.6) {
      const a = pick(statuses)
      const b = statuses[(statuses.indexOf(a) + 1) % statuses.length]!
      record(c.id, { kind: 'customer.updated', text: `changed the status to ${b.name}`, actor: who, changes: [{ field: 'status_id', label: 'Status', from: a.id, to: b.id, from_text: a.name, to_text: b.name }] }, at)
    } else if (what < 0.8) {
      const tag = pick(tags)
      record(c.id, { kind: 'customer.updated', text: `added the tag ${tag.name}`, actor: who, changes: [{ field: 'tag_ids', label: 'Tags', from: [], to: [tag.id], from_text: '', to_text: tag.name }] }, at)
    } else {
      record(c.id, { kind: 'customer.updated', text: 'changed the phone number', actor: who, changes: [{ field: 'phones', label: 'Phones', from: [], to: [], from_text: '+351 22 000 1234', to_text: c.phones[0]?.number ?? '' }] }, at)
    }
  }
  events.get(c.id)!.sort((a, b) => (a.happened_at < b.happened_at ? -1 : 1))
  const last = events.get(c.id)!.at(-1)!
  c.updated_at = last.happened_at
  seen.set(c.id, i % 7 === 0 ? (events.get(c.id)!.at(-1 - (1 + (i % 3)))?.position ?? 0) : position)
}

for (let i = 0; i < Number(process.env.PATRON_MOCK_CUSTOMERS ?? 2_000); i++) customers.push(makeCustomer(i))
customers.forEach(makeHistory)
seen.clear()
customers.forEach((c, i) => seen.set(c.id, i % 6 === 0 ? (events.get(c.id)!.length - 1 - (i % 3)) : events.get(c.id)!.length))

const alertNote: Note = { id: newId('not'), ...stamp(), customer_id: customers[2]!.id, author_id: users[1]!.id, body: 'Allergic to nuts. No almond products in gifts.', html: '<p>Allergic to nuts. No almond products in gifts.</p>', public: false, pinned: true, alert: true, rank: rank(0), mentions: [] }
notes.push(alertNote)
for (let i = 0; i < 600; i++) {
  const [from, to] = [pick(customers), i < 3 ? customers[2]! : pick(customers)]
  if (from !== to) relations.push({ id: newId('rel'), ...stamp(), from_id: from.id, to_id: to.id, kind: pick(['employer_of', 'family', 'branch_of', 'partner_of', 'referred']), note: null, other: { id: to.id, display_name: to.display_name, kind: to.kind }, label: '' })
}
