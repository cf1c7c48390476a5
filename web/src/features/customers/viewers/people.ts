import type { AuditEntry } from '@/shared/api'

export interface Onlooker {
  id: string
  name: string
  times: number
  first: string
  last: string
}

/** Each person once, whoever looked last on top; the entries come newest first. */
export function onlookers(entries: AuditEntry[]): Onlooker[] {
  const people = new Map<string, Onlooker>()
  for (const { actor, at } of entries) {
    const id = actor.id ?? actor.name
    const known = people.get(id)
    people.set(id, { id, name: known?.name ?? actor.name, times: (known?.times ?? 0) + 1, first: at, last: known?.last ?? at })
  }
  return [...people.values()]
}
