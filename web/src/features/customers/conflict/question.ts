import type { Customer } from '@/shared/api'
import { question } from '@/shared/store'
import type { Clash } from './conflict'

export type Choice = 'mine' | 'theirs'

export interface Clashing {
  customer: Customer
  clashes: Clash[]
}

/** Shows both values to the person and waits for the choice; nothing is overwritten by a question left open. */
export const whichValue = question<Clashing, Choice>('theirs')
