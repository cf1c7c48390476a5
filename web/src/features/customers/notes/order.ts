/**
 * The id after which a moved note has to stand so that it lands before or behind a target;
 * null for the very top, undefined when nothing would move.
 */
export function anchorFor(order: string[], moved: string, target: string, after: boolean): string | null | undefined {
  if (moved === target) return undefined
  const rest = order.filter((id) => id !== moved)
  const at = rest.indexOf(target) + (after ? 1 : 0)
  const placed = [...rest.slice(0, at), moved, ...rest.slice(at)]
  if (placed.every((id, i) => id === order[i])) return undefined
  return at === 0 ? null : (rest[at - 1] ?? null)
}
