/** Imports in memory: CSV with quotes, a dry run, a run in small steps, an undo. */
import { invalid, page, Refusal, type Answer, type Call } from './http.ts'
import { announce } from './live.ts'
import * as store from './store.ts'
import type { Customer, Import, ImportRow } from './records.ts'

const STEP_MS = Number(process.env.PATRON_MOCK_IMPORT_MS ?? 60)
const ROWS_A_STEP = 10

const TARGETS = [
  ['given_name', 'First name', 'Name'], ['family_name', 'Last name', 'Name'], ['display_name', 'Full name', 'Name'], ['company_name', 'Company', 'Name'],
  ['email', 'E-mail', 'Reach'], ['phone', 'Phone', 'Reach'], ['address.line1', 'Address: street', 'Address'], ['address.city', 'Address: city', 'Address'],
  ['address.postal_code', 'Address: postal code', 'Address'], ['address.country', 'Address: country', 'Address'], ['tag', 'Tag', 'Other'], ['note', 'Note', 'Other'],
  ['worker', 'Responsible colleague', 'Other'], ['key', 'Id in the other program', 'Other'],
].map(([field, label, group]) => ({ field: field!, label: label!, group: group! }))

const HEADERS: [RegExp, string, number][] = [
  [/^(first|given)/i, 'given_name', 1], [/^(last|family|sur)/i, 'family_name', 1], [/^name|full/i, 'display_name', 0.8], [/company|organi/i, 'company_name', 1], [/mail/i, 'email', 1],
  [/fax/i, '-', 0], [/phone|tel|mobile/i, 'phone', 0.95], [/address|street/i, 'address.line1', 0.7], [/city|town/i, 'address.city', 1], [/zip|postal/i, 'address.postal_code', 1],
  [/country/i, 'address.country', 1], [/^(customer)?id$/i, 'key', 0.9], [/tag|group/i, 'tag', 0.5], [/note/i, 'note', 0.9],
]

interface Work {
  header: string[]
  lines: { line: number; cells: string[] }[]
  rows: ImportRow[]
  made: string[]
  timer?: ReturnType<typeof setTimeout>
}
const works = new Map<string, Work>()

function parse(text: string) {
  const delimiter = (text.split('\n')[0]?.match(/;/g)?.length ?? 0) > (text.split('\n')[0]?.match(/,/g)?.length ?? 0) ? ';' : ','
  const lines: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begun = 1
  const endRow = () => {
    cells.push(cell)
    if (cells.some((c) => c.trim())) lines.push({ line: begun, cells })
    cells = []
    cell = ''
    begun = line + 1
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted && c === '"' && text[i + 1] === '"') cell += text[++i]
    else if (c === '"') quoted = !quoted
    else if (!quoted && c === delimiter) {
      cells.push(cell)
      cell = ''
    } else if (!quoted && c === '\n') endRow()
    else if (c !== '\r') cell += c
    if (c === '\n') line++
  }
  if (cell || cells.length > 0) endRow()
  return { delimiter, lines }
}

function upload(call: Call): Answer {
  const { delimiter, lines } = parse(String(call.body.text ?? '').replace(/^\uFEFF/, ''))
  const header = lines.shift()?.cells.map((c) => c.trim()) ?? []
  if (header.length === 0) throw invalid('', 'empty_file', 'The file is empty.')
  const columns = header.map((name, index) => {
    const hit = HEADERS.find(([pattern]) => pattern.test(name))
    return { name, index, samples: lines.slice(0, 3).map((l) => l.cells[index] ?? ''), suggested: hit && hit[1] !== '-' ? hit[1] : null, confidence: hit?.[2] ?? 0 }
  })
  const now = new Date().toISOString()
  const made: Import = {
    id: store.newId('imp'), version: 1, created_at: now, updated_at: now, filename: call.query.get('filename') ?? 'customers.csv', kind: 'customers', source: 'csv', state: 'uploaded', job: null, columns,
    mapping: Object.fromEntries(columns.map((c) => [c.name, c.suggested ?? '-'])), match_on: null, policy: 'fill', folder_id: null, tag_ids: [], sample: null, format: { encoding: 'UTF-8', delimiter },
    counts: { rows: 0, created: 0, updated: 0, skipped: 0, failed: 0 }, progress: null, problem: null, kept: [], user_id: store.me.id, finished_at: null, cleared_at: null,
  }
  store.imports.unshift(made)
  works.set(made.id, { header, lines, rows: [], made: [] })
  return [201, made]
}

function change(one: Import, patch: Partial<Import>) {
  Object.assign(one, patch, { version: one.version + 1, updated_at: new Date().toISOString() })
  announce(`import.${one.state}`, 'import', one)
}

function judge(one: Import, work: Work, at: number, real: boolean): ImportRow {
  const { line, cells } = work.lines[at]!
  const values = Object.fromEntries(work.header.map((h, i) => [h, cells[i] ?? '']))
  const get = (field: string) => work.header.map((h, i) => (one.mapping[h] === field ? (cells[i] ?? '').trim() : '')).find(Boolean) ?? ''
  const name = [get('given_name'), get('family_name')].filter(Boolean).join(' ') || get('display_name') || get('company_name') || get('email')
  const row: ImportRow = { line, outcome: 'created', reason: '', reasons: [], customer_id: null, user_id: null, name, values: {} }
  const email = get('email').toLowerCase()
  if (!name && !get('phone')) return { ...row, outcome: 'failed', reason: 'nameless', reasons: [{ column: '', code: 'nameless', message: 'A name, an e-mail, a phone or a company is needed.' }], values }
  if (email && !/^\S+@\S+\.\S+$/.test(email)) {
    const column = work.header.find((h) => one.mapping[h] === 'email')!
    return { ...row, outcome: 'failed', reason: 'not_an_email', reasons: [{ column, code: 'not_an_email', message: 'This is not an e-mail address.' }], values }
  }
  const there = email && store.customers.find((c) => !c.bin_until && c.emails.some((e) => e.address.toLowerCase() === email))
  if (there) return { ...row, outcome: 'skipped', reason: 'unchanged', customer_id: there.id }
  if (!real) return row
  const now = new Date().toISOString()
  const customer: Customer = {
    id: store.newId('cus'), version: 1, created_at: now, updated_at: now, kind: 'person', display_name: name || get('phone'), given_name: get('given_name') || null, family_name: get('family_name') || null,
    company_name: get('company_name') || null, emails: email ? [{ address: email, label: 'work', primary: true }] : [], phones: get('phone') ? [{ number: get('phone'), e164: null, label: 'work', primary: true, country: null }] : [],
    addresses: [], folder_id: one.folder_id ?? store.folders[0]!.id, status_id: null, tag_ids: one.tag_ids, workers: [], preferred_contact: null, do_not_contact: [], newsletter: false, language: null, time_zone: null,
    source: 'import', customer_since: null, custom: {}, import_keys: [], photo_id: null,
  }
  store.customers.push(customer)
  store.record(customer.id, { kind: 'customer.created', text: `created ${name}`, actor: { kind: 'import', id: one.id, name: 'An import' } })
  work.made.push(customer.id)
  return { ...row, customer_id: customer.id }
}

function begin(one: Import, job: 'preview' | 'run') {
  const work = works.get(one.id)!
  const of = Math.min(work.lines.length, one.sample ?? Infinity)
  const counts = { rows: 0, created: 0, updated: 0, skipped: 0, failed: 0 }
  work.rows = []
  const step = () => {
    for (let i = 0; i < ROWS_A_STEP && work.rows.length < of; i++) {
      const row = judge(one, work, work.rows.length, job === 'run')
      work.rows.push(row)
      counts.rows++
      counts[row.outcome]++
    }
    const over = work.rows.length >= of
    change(one, { counts: { ...counts }, ...(over ? { job: null, progress: null, state: job === 'run' ? 'done' : 'previewed', finished_at: new Date().toISOString() } : { progress: { done: work.rows.length, of } }) })
    if (!over) work.timer = setTimeout(step, STEP_MS)
  }
  change(one, { job, progress: { done: 0, of }, ...(job === 'run' ? { state: 'running' as const } : {}) })
  work.timer = setTimeout(step, STEP_MS)
}

function undo(one: Import) {
  for (const id of works.get(one.id)!.made) {
    const customer = store.customers.find((c) => c.id === id)
    if (!customer) continue
    if (customer.version > 1) one.kept.push({ id, name: customer.display_name, reason: 'changed', fields: [] })
    else customer.bin_until = new Date(Date.now() + 30 * 86_400_000).toISOString()
  }
  change(one, { state: 'undone' })
}

export function imports(call: Call): Answer {
  const [, id, below] = call.path
  if (id === 'targets') return [200, { data: [...TARGETS, ...store.fields.map((f) => ({ field: `custom.${f.key}`, label: f.label, group: 'Own fields' }))] }]
  if (!id) return call.method === 'POST' ? upload(call) : [200, page(store.imports, call.query, (i) => i)]
  const one = store.imports.find((i) => i.id === id)
  if (!one) throw new Refusal(404, 'not_found', 'There is no such record')
  if (below === 'rows') return [200, page(works.get(id)!.rows.filter((r) => r.outcome === call.query.get('outcome')), call.query, (r) => r)]
  if (below === 'stop') {
    clearTimeout(works.get(id)!.timer)
    change(one, { job: null, progress: null, ...(one.job === 'run' ? { state: 'stopped' as const } : {}) })
    return [200, one]
  }
  if (below === 'undo') undo(one)
  else if (below === 'preview' || below === 'run') begin(one, below)
  else if (call.method === 'PATCH') {
    const { mapping, ...patch } = call.body as Partial<Import>
    change(one, { ...patch, mapping: { ...one.mapping, ...mapping }, state: 'uploaded' })
  }
  return [below === 'preview' || below === 'run' ? 202 : 200, one]
}
