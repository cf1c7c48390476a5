/** When two people edit one record: what of my edit meets a change by someone else? */
import type { Customer, CustomerInput } from '@/shared/api'

export interface Clash {
  /** A field of the record, or 'custom.KEY'. */
  field: string
  mine: unknown
  theirs: unknown
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function clash(field: string, before: unknown, theirs: unknown, mine: unknown): Clash[] {
  return same(before, theirs) || same(theirs, mine) ? [] : [{ field, mine, theirs }]
}

/** The fields I change that have changed since I began. Edits of different fields do not meet. */
export function clashes(base: Customer, current: Customer, patch: CustomerInput): Clash[] {
  return Object.entries(patch).flatMap(([field, mine]) => {
    if (field === 'custom') {
      return Object.entries(patch.custom ?? {}).flatMap(([key, value]) => clash(`custom.${key}`, base.custom[key], current.custom[key], value))
    }
    return clash(field, base[field as keyof Customer], current[field as keyof Customer], mine)
  })
}
