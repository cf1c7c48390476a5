import { useQuery } from '@tanstack/react-query'
import { IconChartCircles } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useSegments } from '@/features/finding'
import { date } from '@/shared/format'
import { t } from '@/shared/i18n'
import { mapById } from '@/shared/vocabulary'
import { customerSummary } from '../api/queries'
import { everything } from '../api/search'
import classes from './SegmentChips.module.css'

/** The segments that the customer is in, each with its reason; a click lists who else is. */
export function SegmentChips({ id }: { id: string }) {
  const members = useQuery(customerSummary(id)).data?.segments ?? []
  const segments = mapById(useSegments())
  if (members.length === 0) return null
  const chips = members.map((one) => {
    const followUp = segments.get(one.id)?.follow_up
    const why = t('{reason} (since {day})', { reason: one.reason || t('fits the segment'), day: date(one.since) }) + (followUp ? ` · ${followUp}` : '')
    return (
      <Link
        key={one.id}
        to="."
        search={(old) => ({ ...old, ...everything, segment: one.id })}
        preload={false}
        className={classes.chip}
        data-tone={segments.get(one.id)?.tone ?? 'mute'}
        data-tip={why}
        aria-label={t('Segment {name}: {why}. List everyone in it', { name: one.name, why })}
      >
        <IconChartCircles size={13} stroke={1.9} aria-hidden />
        {one.name}
      </Link>
    )
  })
  return <span className={classes.chips}>{chips}</span>
}
