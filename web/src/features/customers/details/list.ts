/** Lists in which at most one entry of a kind is the primary one. */
interface Entry {
  primary: boolean
}

export function replaced<T>(list: T[], index: number, change: Partial<T>): T[] {
  return list.map((item, i) => (i === index ? { ...item, ...change } : item))
}

export function withPrimary<T extends Entry>(list: T[], index: number): T[] {
  return list.map((item, i) => ({ ...item, primary: i === index }))
}

/** Without one entry; when that was the primary one, the first that is left takes its place. */
export function without<T extends Entry>(list: T[], index: number): T[] {
  const left = list.filter((_, i) => i !== index)
  return list[index]?.primary && left[0] ? withPrimary(left, 0) : left
}
