/** Which customers of the list are selected for one change. Outside of React's tree, so that a row redraws only for itself. */
import { useSyncExternalStore } from 'react'

export interface Selection {
  /** Boxes are shown, though nobody may be selected yet. */
  on: boolean
  ids: ReadonlySet<string>
  /** Everybody who matches, loaded or not. */
  all: boolean
}

const nothing: Selection = { on: false, ids: new Set(), all: false }
let selection = nothing
let anchor: string | undefined
const listeners = new Set<() => void>()

function change(next: Selection) {
  selection = next
  listeners.forEach((l) => l())
}

/** The ids from one to another in the order of the list, both included. */
export function between(order: readonly string[], from: string | undefined, to: string): string[] {
  const [a, b] = [from === undefined ? -1 : order.indexOf(from), order.indexOf(to)]
  return a < 0 || b < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1)
}

export const select = {
  begin: () => change({ ...selection, on: true }),
  toggle: (id: string, loaded: readonly string[]) => {
    // Someone taken out of "everybody": who is loaded stays selected.
    const ids = new Set(selection.all ? loaded : selection.ids)
    if (!ids.delete(id)) ids.add(id)
    anchor = id
    change({ on: true, ids, all: false })
  },
  range: (order: readonly string[], to: string) => {
    change({ on: true, ids: new Set([...selection.ids, ...between(order, anchor, to)]), all: false })
    anchor ??= to
  },
  /** Where a range begins that is not yet one. */
  from: (id: string) => {
    if (selection.ids.size === 0) anchor = id
  },
  some: (ids: readonly string[]) => change({ on: true, ids: new Set(ids), all: false }),
  everybody: (loaded: readonly string[]) => change({ on: true, ids: new Set(loaded), all: true }),
  clear: () => {
    anchor = undefined
    if (selection !== nothing) change(nothing)
  },
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSelection = () => useSyncExternalStore(subscribe, () => selection)
export const useSelecting = () => useSyncExternalStore(subscribe, () => selection.on)
export const useIsSelected = (id: string) => useSyncExternalStore(subscribe, () => selection.all || selection.ids.has(id))
export const selected = () => selection
