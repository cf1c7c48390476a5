import { date } from '@/shared/format'
import { t } from '@/shared/i18n'
import classes from './Timeline.module.css'

/** Where the record begins: what happened before was not recorded, and nothing is invented. */
export function RecordedSince({ since }: { since: Record<string, string> | undefined }) {
  const begins = Object.values(since ?? {}).toSorted()[0]
  return (
    <p className={classes.since}>
      <span>{begins ? t('The record begins here. Kept since {day}.', { day: date(begins) }) : t('The record begins here.')}</span>
    </p>
  )
}
