/** Which customers of the list are selected for one change. Outside of React's tree, so that a row redraws only for itself. */
import { store } from '@/shared/store'

export interface Selection {
  /** Boxes are shown, though nobody may be selected yet. */
  on: boolean
  ids: ReadonlySet<string>
  /** Everybody who matches, loaded or not. */
  all: boolean
}

const nothing: Selection = { on: false, ids: new Set(), all: false }
const selection = store(nothing)
let anchor: string | undefined

/** The ids from one to another in the order of the list, both included. */
export function between(order: readonly string[], from: string | undefined, to: string): string[] {
  const [a, b] = [from === undefined ? -1 : order.indexOf(from), order.indexOf(to)]
  return a < 0 || b < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1)
}

export const select = {
  begin: () => selection.set({ ...selection.get(), on: true }),
  toggle: (id: string, loaded: readonly string[]) => {
    // Someone taken out of "everybody": who is loaded stays selected.
    const before = selection.get()
    const ids = new Set(before.all ? loaded : before.ids)
    if (!ids.delete(id)) ids.add(id)
    anchor = id
    selection.set({ on: true, ids, all: false })
  },
  range: (order: readonly string[], to: string) => {
    selection.set({ on: true, ids: new Set([...selection.get().ids, ...between(order, anchor, to)]), all: false })
    anchor ??= to
  },
  /** Where a range begins that is not yet one. */
  from: (id: string) => {
    if (selection.get().ids.size === 0) anchor = id
  },
  some: (ids: readonly string[]) => selection.set({ on: true, ids: new Set(ids), all: false }),
  everybody: (loaded: readonly string[]) => selection.set({ on: true, ids: new Set(loaded), all: true }),
  clear: () => {
    anchor = undefined
    if (selection.get() !== nothing) selection.set(nothing)
  },
}

export const useSelection = () => selection.use()
export const useSelecting = () => selection.use((s) => s.on)
export const useIsSelected = (id: string) => selection.use((s) => s.all || s.ids.has(id))
export const selected = selection.get
