/** How many of the customers asked for have each value of a field, and what another of theirs sums up to. */
import { filterFields, valuesOf } from './filters.ts'
import { invalid } from './http.ts'
import type { Customer, Tally } from './records.ts'

export function tally(found: Customer[], query: URLSearchParams): Tally {
  const by = filterFields().find((f) => f.name === query.get('by'))
  if (!by || by.shape === 'number' || by.name === 'name') throw invalid('?by', 'unknown_field', `Customers can't be counted by ${query.get('by')}.`)
  const sum = query.get('sum')
  const months = by.shape === 'time' || by.shape === 'date'
  const lines = new Map<string | null, Customer[]>()
  for (const c of found) {
    const values = [...new Set(valuesOf(c, by.name).map((v) => (months ? String(v).slice(0, by.shape === 'time' ? 7 : 10) : String(v))))]
    for (const value of values.length > 0 ? values : [null]) lines.set(value, [...(lines.get(value) ?? []), c])
  }
  const sums = (list: Customer[]) => {
    if (!sum) return []
    const key = sum.slice(7)
    const money = list.map((c) => c.custom[key]).filter((v) => v !== null && v !== undefined)
    const byCurrency = Map.groupBy(money, (v) => (typeof v === 'object' && 'currency' in v ? v.currency : null))
    return [...byCurrency].map(([currency, all]) => ({ currency, amount: all.reduce<number>((n, v) => n + Number(typeof v === 'object' && 'amount' in v ? v.amount : v), 0) }))
  }
  const data = [...lines].map(([value, list]) => ({ value, count: list.length, sums: sums(list) }))
  data.sort((a, b) => (a.value === null ? 1 : b.value === null ? -1 : by.shape === 'time' ? (a.value < b.value ? -1 : 1) : b.count - a.count))
  return { total: found.length, complete: true, data }
}
