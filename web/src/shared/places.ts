export interface Placed {
  id: string
  rank: number
}

const STEP = 1_000

/** The fewest new ranks that bring `id` one place up or down among its siblings, which stand in order. */
export function movedBy(siblings: Placed[], id: string, by: 1 | -1): Placed[] {
  const from = siblings.findIndex((s) => s.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= siblings.length) return []
  const order = [...siblings]
  order.splice(to, 0, ...order.splice(from, 1))
  const before = order[to - 1]?.rank ?? 0
  const after = order[to + 1]?.rank ?? (order.at(-2)?.rank ?? 0) + 2 * STEP
  const between = Math.floor((before + after) / 2)
  if (between > before && between < after) return [{ id, rank: between }]
  return order.map((s, i) => ({ id: s.id, rank: (i + 1) * STEP })).filter((p) => siblings.find((s) => s.id === p.id)!.rank !== p.rank)
}
