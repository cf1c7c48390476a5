import { clock, date, fullTime, shortTime } from '../format'
import { store } from '../store'

/** One clock for all relative times on the page. */
const minute = store(0)
setInterval(() => minute.set(minute.get() + 1), 60_000)

interface Props {
  at: string
  as?: 'short' | 'clock' | 'full' | 'date'
  className?: string
}

const WAYS = { short: (at: string) => shortTime(at), clock, full: fullTime, date }

export function Time({ at, as = 'short', className }: Props) {
  minute.use()
  return (
    <time dateTime={at} title={as === 'date' ? undefined : fullTime(at)} className={className}>
      {WAYS[as](at)}
    </time>
  )
}
