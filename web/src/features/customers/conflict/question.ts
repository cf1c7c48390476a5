import { useSyncExternalStore } from 'react'
import type { Customer } from '@/shared/api'
import type { Clash } from './conflict'

export type Choice = 'mine' | 'theirs'

export interface Question {
  customer: Customer
  clashes: Clash[]
  answer: (choice: Choice) => void
}

let open: Question | undefined
const listeners = new Set<() => void>()

function show(question: Question | undefined) {
  open = question
  listeners.forEach((l) => l())
}

/** Shows both values to the person and waits for the choice. */
export function askWhichValue(customer: Customer, clashes: Clash[]): Promise<Choice> {
  return new Promise((resolve) => {
    show({
      customer,
      clashes,
      answer: (choice) => {
        show(undefined)
        resolve(choice)
      },
    })
  })
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useOpenQuestion = () => useSyncExternalStore(subscribe, () => open)
