/** Saved views in memory. */
import { reader } from './filters.ts'
import { invalid, page, Refusal, type Answer, type Call } from './http.ts'
import { announce } from './live.ts'
import { folders, me, newId, tags, users } from './store.ts'
import type { Expression, View } from './records.ts'

const now = new Date().toISOString()
type Kept = View & { created_at: string; updated_at: string }
const view = (name: string, filter: Expression, more: Partial<View> = {}): Kept =>
  ({ id: newId('viw'), version: 1, created_at: now, updated_at: now, name, filter, sort: null, shared: false, owner_id: me.id, rank: 0, broken: false, problem: null, ...more })

const kept: Kept[] = [
  view('VIPs without a plan', { all: [{ field: 'tag_id', is: tags[0]!.id }, { field: 'custom.plan', is: 'basic' }] }, { rank: 1_000 }),
  view('Clients gone quiet', { all: [{ field: 'folder_id', within: folders[3]!.id }, { event: 'booking.completed', in_days: 45, count: { lt: 1 } }] }, { rank: 2_000, shared: true, sort: 'activity_at', owner_id: users[1]!.id }),
  view('By shoe size', { field: 'custom.shoe', gte: 43 }, { rank: 3_000 }),
]

function shown(v: Kept): Kept {
  try {
    reader(v.filter, () => true)
    return v
  } catch (error) {
    return { ...v, broken: true, problem: error instanceof Error ? error.message : '' }
  }
}

export function views(call: Call): Answer {
  const id = call.path[1]
  if (!id && call.method === 'GET') return [200, page([...kept].sort((a, b) => a.rank - b.rank), call.query, shown)]
  const { filter, name } = call.body as Partial<View>
  if (filter) reader(filter, () => true, '/filter')
  if (name !== undefined && !name.trim()) throw invalid('/name', 'required', 'A name is needed')
  if (!id) {
    if (!name) throw invalid('/name', 'required', 'A name is needed')
    const made = view(name, filter ?? { all: [] }, { rank: Math.max(0, ...kept.map((v) => v.rank)) + 1_000, ...(call.body as Partial<View>) })
    kept.push(made)
    announce('view.created', 'view', made)
    return [201, shown(made)]
  }
  const one = kept.find((v) => v.id === id)
  if (!one) throw new Refusal(404, 'not_found', 'There is no such record')
  if (call.version !== undefined && call.version !== one.version) throw new Refusal(412, 'moved_on', 'The record has changed since', { current: one })
  if (call.method === 'DELETE') kept.splice(kept.indexOf(one), 1)
  else Object.assign(one, call.body, { version: one.version + 1 })
  announce(`view.${call.method === 'DELETE' ? 'deleted' : 'updated'}`, 'view', one)
  return call.method === 'DELETE' ? [204] : [200, shown(one)]
}
