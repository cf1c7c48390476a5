/** Nobody gives away more than they have: what of a role somebody may change. The server has the last word. */
import type { Role, Session, Visibility } from '@/shared/api'
import { FAR, farIn } from '@/shared/session'

/** May this person let a role see that far? */
export const maySee = (session: Session, visibility: Visibility) => session.role.key === 'owner' || FAR[visibility] <= FAR[session.role.visibility]

/** May this person let a role see that far, in each area? */
const maySeeAll = (session: Session, role: Role) =>
  session.role.key === 'owner' || (maySee(session, role.visibility) && session.role.area_visibility.every(({ area }) => farIn(area, role) <= farIn(area, session.role)))

/** Is there nothing in the role beyond what this person has? */
export const reaches = (session: Session, role: Role) => maySeeAll(session, role) && role.permissions.every((p) => session.permissions.includes(p))

export const isReadyMade = (role: Pick<Role, 'key'>) => ['owner', 'manager', 'staff', 'read_only'].includes(role.key)

/** A ready-made role that is not as it came. */
export const isChanged = (role: Role) => isReadyMade(role) && (role.edited || role.visibility !== 'all' || role.area_visibility.length > 0)

/** What of an edit differs from the role: only that is written. */
export function changesOf(role: Role, edit: Partial<Role>): Partial<Role> {
  const sorted = (list: unknown[]) => list.map((one) => JSON.stringify(one)).toSorted().join()
  const same = (a: unknown, b: unknown) => (Array.isArray(a) && Array.isArray(b) ? sorted(a) === sorted(b) : a === b)
  return Object.fromEntries(Object.entries(edit).filter(([key, value]) => !same(value, role[key as keyof Role])))
}
