import { useSyncExternalStore } from 'react'
import { clock, date, fullTime, shortTime } from '../format'

/** One clock for all relative times on the page. */
let minute = 0
const listeners = new Set<() => void>()
setInterval(() => {
  minute += 1
  listeners.forEach((l) => l())
}, 60_000)

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

interface Props {
  at: string
  as?: 'short' | 'clock' | 'full' | 'date'
  className?: string
}

const WAYS = { short: (at: string) => shortTime(at), clock, full: fullTime, date }

export function Time({ at, as = 'short', className }: Props) {
  useSyncExternalStore(subscribe, () => minute)
  return (
    <time dateTime={at} title={as === 'date' ? undefined : fullTime(at)} className={className}>
      {WAYS[as](at)}
    </time>
  )
}
