import { useSyncExternalStore } from 'react'
import type { BulkPreview, Folder } from '@/shared/api'

export interface Move {
  name: string
  folder: Folder
  changes: NonNullable<BulkPreview['move']>
}

/** Not at all, or with which status: the folder's own when none is named. */
export type Answer = { status?: string } | undefined

export interface Question extends Move {
  answer: (answer: Answer) => void
}

let open: Question | undefined
const listeners = new Set<() => void>()

function show(question: Question | undefined) {
  open = question
  listeners.forEach((l) => l())
}

/** Shows what the move will change and waits for the choice. A question that is open is answered by no. */
export function askMove(move: Move): Promise<Answer> {
  open?.answer(undefined)
  return new Promise((resolve) => {
    show({
      ...move,
      answer: (answer) => {
        show(undefined)
        resolve(answer)
      },
    })
  })
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useOpenMove = () => useSyncExternalStore(subscribe, () => open)
