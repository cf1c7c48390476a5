/** The jobs that this tab shows the progress of. They outlive every screen, and a reload. */
import { store } from '@/shared/store'

const KEY = 'patron.jobs'

function kept(): readonly string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? found.map(String) : []
  } catch {
    return []
  }
}

const watched = store(kept())

function change(next: readonly string[]) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Without storage they are gone after a reload, no more.
  }
  watched.set(next)
}

export const watch = (id: string) => change([...watched.get().filter((x) => x !== id), id].slice(-4))
export const unwatch = (id: string) => change(watched.get().filter((x) => x !== id))

export const useWatched = () => watched.use()
