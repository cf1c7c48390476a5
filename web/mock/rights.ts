/** Roles, and who sees a customer: what the server says of them, for the one person whom the mock knows and her colleagues. */
import { Refusal, type Answer, type Call } from './http.ts'
import { customers, folders, roles, teams, users } from './store.ts'
import type { CustomerViewer, Folder, Role, User } from './records.ts'

const asTheyCame = new Map(roles.map((r) => [r.id, { permissions: r.permissions, visibility: r.visibility }]))

/** What a change of a role comes to; what is refused is thrown. */
export function changeOfRole(role: Role, body: Record<string, unknown>): object {
  if (role.key === 'owner' && ('permissions' in body || 'visibility' in body)) throw new Refusal(422, 'invalid', 'An owner may do everything and sees everybody; make another role for less.')
  if (!('permissions' in body)) return body
  const came = asTheyCame.get(role.id)
  return body.permissions === null && came ? { ...body, ...came, edited: false } : { ...body, edited: true }
}

export function checkRoleIsFree(role: Role) {
  if (asTheyCame.has(role.id)) throw new Refusal(409, 'ready_made_role', 'The roles that Patron came with stay.')
  const people = users.filter((u) => u.role_id === role.id).length
  if (people > 0) throw new Refusal(409, 'role_in_use', `${people} ${people === 1 ? 'person has' : 'people have'} this role; give them another first.`)
}

const LEVELS = ['none', 'see', 'work', 'manage'] as const
const WORDS = { none: 'is closed to', see: 'is there to look at for', work: 'is open to', manage: 'is managed by' }

/** The nearest folder that speaks of somebody, and what it says. */
function ruleFor(user: User, folderId: string | null): { folder: Folder; level: (typeof LEVELS)[number]; of: string } | undefined {
  const folder = folders.find((f) => f.id === folderId)
  if (!folder) return undefined
  const says = (id: string) => folder.access.find((rule) => rule.to === id)?.level
  const own = says(user.id)
  if (own) return { folder, level: own, of: 'this person' }
  const [least] = teams.filter((x) => x.user_ids.includes(user.id) && says(x.id)).sort((a, b) => LEVELS.indexOf(says(a.id)!) - LEVELS.indexOf(says(b.id)!))
  if (least) return { folder, level: says(least.id)!, of: `the team ${least.name}` }
  const role = says(user.role_id)
  if (role) return { folder, level: role, of: `the role ${roles.find((r) => r.id === user.role_id)!.name}` }
  return ruleFor(user, folder.parent_id)
}

function viewer(user: User, customerId: string): CustomerViewer {
  const customer = customers.find((c) => c.id === customerId)!
  const role = roles.find((r) => r.id === user.role_id)!
  const may = role.permissions.includes('customers.edit')
  const says = (sees: boolean, works: boolean, reason: string) => ({ user_id: user.id, name: user.name, sees, works: works && may, reason })
  if (role.key === 'owner') return says(true, true, 'Owners see everybody.')
  const looksAfter = (id: string) => customer.workers.some((w) => w.user_id === id)
  const rule = ruleFor(user, customer.folder_id)
  if (rule) return says(rule.level !== 'none', LEVELS.indexOf(rule.level) > 1 || (rule.level === 'see' && looksAfter(user.id)), `The folder ${rule.folder.name} ${WORDS[rule.level]} ${rule.of}.`)
  if (role.visibility === 'all') return says(true, true, 'The role shows everybody’s customers.')
  if (role.visibility !== 'none' && looksAfter(user.id)) return says(true, true, 'Responsible for this customer, or assigned to it.')
  const mate = users.find((u) => looksAfter(u.id) && teams.some((x) => x.user_ids.includes(u.id) && x.user_ids.includes(user.id)))
  if (role.visibility === 'team' && mate) return says(true, true, `In one team with ${mate.name}, who looks after this customer.`)
  return says(false, false, role.visibility === 'none' ? 'The role shows only what folders open, and none opens this customer.' : 'The role shows one’s own customers, and this is somebody else’s.')
}

export const viewers = (customerId: string, call: Call): Answer => [200, { data: users.filter((u) => u.state === 'active' && (!call.query.has('user_id') || u.id === call.query.get('user_id'))).map((u) => viewer(u, customerId)) }]
