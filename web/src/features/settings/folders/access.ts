/** Who may do what in a folder: rules of its own, those that come from above, and what they make of one person. */
import type { Folder, FolderAccess, FolderLevel } from '@/shared/api'

export interface InheritedRule extends FolderAccess {
  from: Folder
}

type ById = ReadonlyMap<string, Folder>

function* upwards(folder: Folder, byId: ById) {
  let at: Folder | undefined = folder
  for (let hops = 0; at && hops < 32; hops++) {
    yield at
    at = at.parent_id ? byId.get(at.parent_id) : undefined
  }
}

/** Rules of the folders above that still hold: the nearest for each, but none for whom the folder itself speaks. */
export function inheritedRules(folder: Folder, byId: ById): InheritedRule[] {
  const spoken = new Set(folder.access.map((rule) => rule.to))
  const found: InheritedRule[] = []
  for (const from of upwards(folder, byId)) {
    if (from === folder) continue
    for (const rule of from.access) {
      if (!spoken.has(rule.to)) found.push({ ...rule, from })
      spoken.add(rule.to)
    }
  }
  return found
}

export interface Somebody {
  user: string
  role: string
  teams: string[]
}

const ORDER: FolderLevel[] = ['none', 'see', 'work', 'manage']

/** What a folder says of somebody: the nearest folder with a rule for them counts; theirs before their teams' (the least), those before their role's. */
export function levelFor(who: Somebody, folder: Folder, byId: ById): FolderLevel | undefined {
  for (const { access } of upwards(folder, byId)) {
    const mine = access.find((rule) => rule.to === who.user)
    if (mine) return mine.level
    const teams = access.filter((rule) => who.teams.includes(rule.to)).map((rule) => ORDER.indexOf(rule.level))
    if (teams.length > 0) return ORDER[Math.min(...teams)]
    const role = access.find((rule) => rule.to === who.role)
    if (role) return role.level
  }
  return undefined
}
