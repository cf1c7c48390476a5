/** Arrow keys on the board: up and down within a column, left and right to the card beside. True when the focus moved. */
export function focusFrom(board: HTMLElement, from: EventTarget, key: string): boolean {
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key]
  const card = from instanceof HTMLElement ? from.closest<HTMLElement>('[data-card]') : null
  if (!step || !card || from !== card) return false
  const columns = [...board.querySelectorAll<HTMLElement>('[data-column]')].map((column) => [...column.querySelectorAll<HTMLElement>('[data-card]')])
  const x = columns.findIndex((cards) => cards.includes(card))
  const y = columns[x]?.indexOf(card) ?? -1
  const across = document.documentElement.dir === 'rtl' ? -step[0]! : step[0]!
  if (across === 0) {
    columns[x]?.[y + step[1]!]?.focus()
    return true
  }
  const top = card.getBoundingClientRect().top
  for (let to = x + across; columns[to]; to += across) {
    const near = columns[to]!.toSorted((a, b) => Math.abs(a.getBoundingClientRect().top - top) - Math.abs(b.getBoundingClientRect().top - top))[0]
    if (!near) continue
    near.focus()
    return true
  }
  return true
}
