/** How the old and new values of a change are written out. */
import type { Change, Money, TimelineEvent } from '@/shared/api'
import { date, fullTime, money } from '@/shared/format'

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
const DAY = /^\d{4}-\d\d-\d\d$/

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value

/** The server's text; amounts, moments and days in the words of this reader. */
export function changeText(text: string, value?: Change['to']): string {
  if (!text) return ''
  if (isMoney(value)) return money(value)
  if (MOMENT.test(text)) return fullTime(text)
  return DAY.test(text) ? date(text) : text
}

/** True where the headline names the new value itself, so that a line below would say it again. */
export function toldInHeadline({ changes, parts }: Pick<TimelineEvent, 'changes' | 'parts'>): boolean {
  const [only] = changes
  return changes.length === 1 && !!only?.to_text && !!parts?.some((p) => p.strong && p.text === only.to_text)
}
