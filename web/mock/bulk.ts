/** Many customers at once, and the jobs that do it in small steps. */
import { changesBetween, findCustomers } from './customers.ts'
import { invalid, page, Refusal, type Answer, type Call } from './http.ts'
import { announce } from './live.ts'
import { customers, folders, me, newId, record, seen, events, statuses, users, fields } from './store.ts'
import type { BulkAction, BulkFilter, BulkPreview, Customer, Job, JobRow, Outcome } from './records.ts'

const STEP_MS = Number(process.env.PATRON_MOCK_JOB_MS ?? 150)
const A_STEP = Number(process.env.PATRON_MOCK_JOB_STEP ?? 120)

interface Work {
  job: Job & { updated_at: string }
  set: Customer[]
  rows: (JobRow & { back?: Partial<Customer> })[]
  timer?: ReturnType<typeof setTimeout>
}
const works: Work[] = []

const KINDS: [member: string, kind: string][] = [
  ['add_tags', 'tag'], ['remove_tags', 'untag'], ['move_to', 'move'], ['set_status', 'status'], ['assign', 'assign'], ['unassign', 'unassign'], ['set_field', 'set'], ['delete', 'delete'], ['restore', 'restore'], ['export', 'export'],
]

function kindOf(action: BulkAction): string {
  const found = KINDS.filter(([member]) => member in action)
  if (found.length !== 1) throw invalid('/action', 'no_action', 'Say what is to be done.')
  return `bulk.${found[0]![1]}`
}

function setOf(filter: BulkFilter): Customer[] {
  if ('ids' in filter) return filter.ids.map((id) => customers.find((c) => c.id === id)).filter((c) => c !== undefined)
  const found = findCustomers(new URLSearchParams({ filter: JSON.stringify(filter) }))
  return 'unknown' in found ? [] : found
}

function statusesIn(folderId: string | null): typeof statuses {
  const own = statuses.filter((s) => s.folder_id === folderId)
  const parent = folders.find((f) => f.id === folderId)?.parent_id
  return own.length > 0 || !parent ? own : statusesIn(parent)
}

/** What one customer would get, or why it would not. */
function wanted(action: BulkAction, c: Customer): Partial<Customer> | { reason: string; message: string } {
  if ('add_tags' in action) return { tag_ids: [...new Set([...c.tag_ids, ...action.add_tags])] }
  if ('remove_tags' in action) return { tag_ids: c.tag_ids.filter((t) => !action.remove_tags.includes(t)) }
  if ('move_to' in action) {
    const offered = statusesIn(action.move_to)
    const status = action.status_id ?? (offered.some((s) => s.id === c.status_id) ? c.status_id : (offered[0]?.id ?? null))
    return { folder_id: action.move_to, status_id: status }
  }
  if ('set_status' in action) {
    if (!statusesIn(c.folder_id).some((s) => s.id === action.set_status)) return { reason: 'not_in_folder', message: 'The status is none of the customer’s folder.' }
    return { status_id: action.set_status }
  }
  if ('assign' in action) {
    const { user_id, responsible } = action.assign
    const others = c.workers.filter((w) => w.user_id !== user_id).map((w) => ({ ...w, responsible: responsible ? false : w.responsible }))
    return { workers: [...others, { user_id, responsible: responsible || (c.workers.find((w) => w.user_id === user_id)?.responsible ?? false) }] }
  }
  if ('unassign' in action) return { workers: c.workers.filter((w) => w.user_id !== action.unassign.user_id) }
  if ('set_field' in action) {
    const { field, value } = action.set_field
    if (!field.startsWith('custom.')) return { [field]: value } as Partial<Customer>
    const { [field.slice(7)]: _old, ...rest } = c.custom
    return { custom: value === null ? rest : { ...rest, [field.slice(7)]: value as never } }
  }
  if ('delete' in action) return c.bin_until ? {} : { bin_until: new Date(Date.now() + 30 * 86_400_000).toISOString() }
  return {}
}

function carryOut(action: BulkAction, c: Customer): JobRow & { back?: Partial<Customer> } {
  const row = { customer_id: c.id, name: c.display_name, reason: '', reasons: [], fields: [] }
  if ('export' in action) return { ...row, outcome: 'changed' }
  if ('restore' in action) {
    if (!c.bin_until) return { ...row, outcome: 'skipped', reason: 'not_in_bin' }
    const back = { bin_until: c.bin_until }
    delete c.bin_until
    return { ...row, outcome: 'changed', back }
  }
  const patch = wanted(action, c)
  if ('reason' in patch) return { ...row, outcome: 'failed', reason: String(patch.reason), reasons: [{ pointer: '/status_id', code: String(patch.reason), message: String((patch as { message?: string }).message) }] }
  const names = Object.keys(patch) as (keyof Customer)[]
  const back = Object.fromEntries(names.map((k) => [k, c[k]])) as Partial<Customer>
  if (JSON.stringify(back) === JSON.stringify(patch)) return { ...row, outcome: 'skipped', reason: 'unchanged' }
  const changes = changesBetween(c, patch)
  Object.assign(c, patch, { version: c.version + 1, updated_at: new Date().toISOString() })
  record(c.id, { kind: 'customer.updated', text: `changed the ${changes.map((x) => x.label.toLowerCase()).join(', ')}`, changes })
  seen.set(c.id, events.get(c.id)!.length)
  announce('delete' in action ? 'customer.deleted' : 'customer.updated', 'customer', c, c.id)
  return { ...row, outcome: 'changed', back }
}

function tell(work: Work, kind: string) {
  work.job.version += 1
  announce(kind, 'job', work.job)
}

function end(work: Work, state: Job['state']) {
  const undone = state === 'undone' || 'export' in work.job.asked.action!
  Object.assign(work.job, { state, undoing: false, finished_at: new Date().toISOString(), can_undo_until: undone || work.job.counts.changed === 0 ? null : new Date(Date.now() + 7 * 86_400_000).toISOString() })
  if ('export' in work.job.asked.action!) work.job.has_file = true
  tell(work, `job.${state === 'done' ? 'finished' : state}`)
}

function step(work: Work) {
  const { job, set } = work
  job.state = 'running'
  for (let i = 0; i < A_STEP && job.done < job.total; i++) {
    const row = carryOut(job.asked.action!, set[job.done]!)
    work.rows.push(row)
    job.counts[row.outcome] += 1
    job.done += 1
  }
  if (job.done >= job.total) return end(work, 'done')
  tell(work, 'job.progressed')
  work.timer = setTimeout(() => step(work), STEP_MS)
}

function undo(work: Work) {
  for (const row of work.rows.filter((r) => r.outcome === 'changed')) {
    const c = customers.find((x) => x.id === row.customer_id)!
    if ('bin_until' in (row.back ?? {}) && row.back!.bin_until === undefined) delete c.bin_until
    Object.assign(c, row.back, { version: c.version + 1 })
    row.outcome = 'undone'
    work.job.counts.undone += 1
    announce('customer.updated', 'customer', c, c.id)
  }
  end(work, 'undone')
}

function check(action: BulkAction) {
  if ('assign' in action && !users.some((u) => u.id === action.assign.user_id)) throw invalid('/action/assign/user_id', 'not_found', 'There is no such member of staff.')
  if ('set_field' in action && action.set_field.field.startsWith('custom.') && !fields.some((f) => `custom.${f.key}` === action.set_field.field)) throw invalid('/action/set_field/field', 'unknown_field', 'There is no such field.')
  if ('set_field' in action && typeof action.set_field.value === 'string' && action.set_field.field === 'custom.team_size') throw invalid('/action/set_field/value', 'not_a_number', 'The value must be a number.')
}

function preview(action: BulkAction, set: Customer[]): BulkPreview {
  const looked = set.slice(0, 500)
  const out: BulkPreview = { kind: kindOf(action), matching: set.length, looked_at: looked.length, changed: 0, skipped: 0, failed: 0, problems: [], examples: [], move: null }
  const moves = new Map<string, NonNullable<BulkPreview['move']>['statuses'][number]>()
  for (const c of looked) {
    const patch = 'restore' in action || 'export' in action ? {} : wanted(action, c)
    const failed = 'reason' in patch
    const changes = failed ? [] : changesBetween(c, patch as Partial<Customer>)
    const outcome: Outcome = failed ? 'failed' : changes.length > 0 || 'export' in action || 'delete' in action || 'restore' in action ? 'changed' : 'skipped'
    out[outcome as 'changed'] += 1
    if (failed) {
      const known = out.problems.find((p) => p.code === patch.reason)
      if (known) known.customers += 1
      else out.problems.push({ code: String(patch.reason), message: String((patch as { message?: string }).message), customers: 1 })
    }
    if (outcome !== 'skipped' && out.examples.length < 10) out.examples.push({ id: c.id, display_name: c.display_name, outcome, reason: failed ? String(patch.reason) : '', changes })
    if ('move_to' in action && !failed) {
      const to = (patch as Partial<Customer>).status_id ?? null
      const name = (x: string | null) => statuses.find((s) => s.id === x)?.name ?? ''
      const line = moves.get(`${c.status_id} ${to}`) ?? { from_id: c.status_id, to_id: to, from_name: name(c.status_id), to_name: name(to), lost: c.status_id !== null && c.status_id !== to, customers: 0 }
      line.customers += 1
      moves.set(`${c.status_id} ${to}`, line)
    }
  }
  if ('move_to' in action) out.move = { statuses: [...moves.values()].sort((a, b) => b.customers - a.customers), missing: [{ key: 'birthday', label: 'Birthday', customers: Math.ceil(looked.length / 3) }], hidden: [], losing: [], gaining: [] }
  return out
}

export function bulk(call: Call): Answer {
  const { filter, action } = call.body as { filter: BulkFilter; action: BulkAction }
  const kind = kindOf(action)
  check(action)
  const set = setOf(filter)
  if (call.path[1] === 'preview') return [200, preview(action, set)]
  const now = new Date().toISOString()
  const job: Work['job'] = {
    id: newId('job'), version: 1, kind, asked: 'ids' in filter ? { action } : { action, filter }, state: 'queued', undoing: false, done: 0, total: set.length,
    counts: { changed: 0, skipped: 0, failed: 0, undone: 0, kept: 0 }, problem: null, has_file: false, started_by: me.id, created_at: now, updated_at: now, finished_at: null, can_undo_until: null,
  }
  const work: Work = { job, set, rows: [] }
  works.unshift(work)
  work.timer = setTimeout(() => step(work), STEP_MS)
  return [202, job]
}

export function jobs(call: Call): Answer {
  const [, id, below] = call.path
  if (!id) return [200, page(works.filter((w) => !call.query.get('state') || w.job.state === call.query.get('state')), call.query, (w) => w.job)]
  const work = works.find((w) => w.job.id === id)
  if (!work) throw new Refusal(404, 'not_found', 'There is no such record')
  if (below === 'rows') return [200, page(work.rows.filter((r) => r.outcome === call.query.get('outcome') && r.reason !== 'unchanged'), call.query, ({ back: _back, ...row }) => row)]
  if (below === 'file') return [200, work.set.map((c) => ({ id: c.id, name: c.display_name }))]
  if (below === 'stop') {
    clearTimeout(work.timer)
    end(work, 'stopped')
  }
  if (below === 'undo') {
    if (!work.job.can_undo_until) throw new Refusal(409, 'job_undone', 'There is nothing to take back.')
    Object.assign(work.job, { state: 'running', undoing: true })
    setTimeout(() => undo(work), STEP_MS * 2)
    return [202, work.job]
  }
  return [200, work.job]
}
