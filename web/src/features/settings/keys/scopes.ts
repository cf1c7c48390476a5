/** Rights as a table: areas down, acts across. */
const ACTS = ['view', 'create', 'edit', 'delete', 'export']

export interface ScopeTable {
  acts: string[]
  areas: { name: string; acts: string[] }[]
}

export function scopeTable(permissions: string[]): ScopeTable {
  const areas = new Map<string, string[]>()
  for (const permission of permissions) {
    const cut = permission.lastIndexOf('.')
    const [area, act] = [permission.slice(0, cut), permission.slice(cut + 1)]
    areas.set(area, [...(areas.get(area) ?? []), act])
  }
  const known = new Set(permissions.map((p) => p.slice(p.lastIndexOf('.') + 1)))
  const acts = [...ACTS.filter((a) => known.has(a)), ...[...known].filter((a) => !ACTS.includes(a)).sort()]
  return { acts, areas: [...areas].map(([name, own]) => ({ name, acts: own })).sort((a, b) => a.name.localeCompare(b.name)) }
}

/** Whoever may change something has to see it: seeing comes along. */
export function toggleScope(scopes: string[], scope: string, possible: string[]): string[] {
  if (scopes.includes(scope)) return scopes.filter((s) => s !== scope && !(scope.endsWith('.view') && s.startsWith(scope.slice(0, -4))))
  const view = `${scope.slice(0, scope.lastIndexOf('.'))}.view`
  return [...new Set([...scopes, ...(possible.includes(view) ? [view] : []), scope])]
}
