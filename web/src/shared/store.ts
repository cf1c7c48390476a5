/** A value outside of React's tree that components follow: only those redraw that use the part that changed. */
import { useSyncExternalStore } from 'react'

export interface Store<T> {
  get: () => T
  set: (next: T) => void
  /** The value, or what `part` takes out of it: something that stays the same while it means the same. */
  use: { (): T; <P>(part: (value: T) => P): P }
}

export function store<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      listeners.forEach((listener) => listener())
    },
    use: <P>(part?: (value: T) => P) => useSyncExternalStore(subscribe, () => (part ? part(value) : value)) as P,
  }
}

/** What a dialog asks about, and where the answer goes. */
export type Asked<Subject, Answer> = Subject & { answer: (answer: Answer) => void }

/** A question to the person that one dialog shows; asked anew, the one that was open is answered by `otherwise`. */
export function question<Subject extends object, Answer>(otherwise: Answer) {
  const open = store<Asked<Subject, Answer> | undefined>(undefined)
  return {
    useOpen: () => open.use(),
    ask: (subject: Subject): Promise<Answer> => {
      open.get()?.answer(otherwise)
      return new Promise((resolve) => {
        open.set({
          ...subject,
          answer: (answer) => {
            open.set(undefined)
            resolve(answer)
          },
        })
      })
    },
  }
}
