import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { TimelineEvent } from '@/shared/api'
import { dayKey, dayName } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { Empty, ErrorState, ShowMore, Skeleton } from '@/shared/ui'
import { useUndoChange } from '../api/changes'
import { customerTimeline } from '../api/queries'
import { timelineQuery } from '../api/search'
import { Composer } from '../notes/Composer'
import { useCanHere } from '../profile/useCanHere'
import { useSearchOf } from '../useWorkspace'
import { EventItem } from './EventItem'
import { Filters } from './Filters'
import { RecordedSince } from './RecordedSince'
import classes from './Timeline.module.css'

const UNDOABLE = new Set(['customer.updated', 'customer.moved', 'customer.status_changed', 'customer.tagged', 'customer.assigned'])

/** Everything that happened with this customer, newest first, as far as it was recorded. */
export function Timeline({ id }: { id: string }) {
  const search = useSearchOf('events', 'by', 'until', 'find')
  const can = useCanHere(id)
  const scroller = useRef<HTMLDivElement>(null)
  const scrolled = useRef(false)
  // The next customer's begins at the top. Only a timeline that was scrolled is asked to: asking costs a layout.
  useLayoutEffect(() => {
    if (scrolled.current) scroller.current!.scrollTop = 0
  }, [id])
  const query = useMemo(() => timelineQuery(search), [search])
  const timeline = useInfiniteQuery(customerTimeline(id, query))
  const pages = timeline.data?.pages
  const days = useMemo(() => [...Map.groupBy(pages?.flatMap((p) => p.data) ?? [], (e: TimelineEvent) => dayKey(e.happened_at))], [pages])
  const notes = useMemo(() => Object.assign({}, ...(pages ?? []).map((p) => p.included?.notes ?? {})), [pages])
  const me = useSession()?.user.id
  const undo = useUndoChange(id).mutate
  const undoOf = (event: TimelineEvent) => (UNDOABLE.has(event.kind) && event.actor.id === me && can('customers.edit') ? undo : undefined)
  const filtered = Object.keys(query).length > 0

  return (
    <div ref={scroller} className={classes.timeline} data-long={(pages?.length ?? 0) > 1 || undefined} onScroll={(e) => (scrolled.current = e.currentTarget.scrollTop > 0)}>
      {can('notes.create') && <Composer key={id} customerId={id} />}
      <Filters />
      {timeline.isPending && <Skeleton lines={4} />}
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isSuccess && days.length === 0 && (
        <Empty icon={<IconHistory size={22} aria-hidden />} title={filtered ? t('Nothing fits these filters') : t('Nothing has happened yet')}>
          {filtered ? t('Choose All, or clear the other filters.') : t('Write the first note above.')}
        </Empty>
      )}
      {days.map(([key, events]) => (
        <section key={key} className={classes.day}>
          <h2>{dayName(events[0]!.happened_at)}</h2>
          <ol>
            {events.map((event) => (
              <EventItem key={event.id} event={event} note={notes[String(event.facts.note_id)]} onUndo={undoOf(event)} />
            ))}
          </ol>
        </section>
      ))}
      {timeline.hasNextPage && <ShowMore loading={timeline.isFetchingNextPage} label={t('Show older events')} loadingLabel={t('Loading older events…')} onSeen={() => void timeline.fetchNextPage()} />}
      {timeline.isSuccess && !timeline.hasNextPage && days.length > 0 && <RecordedSince since={pages?.at(-1)?.recorded_since} />}
    </div>
  )
}
