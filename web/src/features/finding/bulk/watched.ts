/** The jobs that this tab shows the progress of. They outlive every screen, and a reload. */
import { useSyncExternalStore } from 'react'

const KEY = 'patron.jobs'
const listeners = new Set<() => void>()

function kept(): readonly string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? found.map(String) : []
  } catch {
    return []
  }
}

let watched = kept()

function change(next: readonly string[]) {
  watched = next
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Without storage they are gone after a reload, no more.
  }
  listeners.forEach((l) => l())
}

export const watch = (id: string) => change([...watched.filter((x) => x !== id), id].slice(-4))
export const unwatch = (id: string) => change(watched.filter((x) => x !== id))

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useWatched = () => useSyncExternalStore(subscribe, () => watched)
