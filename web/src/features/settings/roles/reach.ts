/** Nobody gives away more than they have: what of a role somebody may change. The server has the last word. */
import type { Role, Session, Visibility } from '@/shared/api'

const FAR: Record<Visibility, number> = { none: 0, own: 1, team: 2, all: 3 }

/** May this person let a role see that far? */
export const maySee = (session: Session, visibility: Visibility) => session.role.key === 'owner' || FAR[visibility] <= FAR[session.role.visibility]

/** Is there nothing in the role beyond what this person has? */
export const reaches = (session: Session, role: Role) => maySee(session, role.visibility) && role.permissions.every((p) => session.permissions.includes(p))

export const isReadyMade = (role: Pick<Role, 'key'>) => ['owner', 'manager', 'staff', 'read_only'].includes(role.key)

/** A ready-made role that is not as it came. */
export const isChanged = (role: Role) => isReadyMade(role) && (role.edited || role.visibility !== 'all')

/** What of an edit differs from the role: only that is written. */
export function changesOf(role: Role, edit: Partial<Role>): Partial<Role> {
  const same = (a: unknown, b: unknown) => (Array.isArray(a) && Array.isArray(b) ? a.toSorted().join() === b.toSorted().join() : a === b)
  return Object.fromEntries(Object.entries(edit).filter(([key, value]) => !same(value, role[key as keyof Role])))
}
