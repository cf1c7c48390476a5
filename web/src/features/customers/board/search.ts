/** What the address says about the board. */
export interface BoardSearch {
  folder?: string
  filter?: string
  /** The field whose sum stands over each column; the folder's money field when left out, 'none' for no sum. */
  sum?: string
}

export function readBoard(raw: Record<string, unknown>): BoardSearch {
  const text = (value: unknown) => (typeof value === 'string' ? value || undefined : undefined)
  const found: BoardSearch = { folder: text(raw.folder), filter: text(raw.filter), sum: text(raw.sum) }
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined))
}
