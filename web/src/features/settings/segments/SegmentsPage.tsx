import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconChevronRight, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { chipOf, expressionText, segmentsQuery, useChangeSegment, useCreateSegment, useNames } from '@/features/finding/build'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty, ErrorState, Skeleton, StatusDot, TextBox } from '@/shared/ui'
import { at, Page, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'
import own from './Segments.module.css'

/** All segments with how many are in them. */
export function SegmentsPage() {
  const segments = useQuery(segmentsQuery)
  const names = useNames()
  const can = useCan()
  const change = useChangeSegment()
  return (
    <Page title={t('Segments')} lead={t('Groups of customers that keep themselves: whoever fits the rule is in, and out again when it no longer holds.')}>
      {segments.isPending && <Skeleton lines={5} />}
      {segments.isError && <ErrorState error={segments.error} onRetry={() => void segments.refetch()} />}
      {segments.data && (
        <section className={classes.card} aria-label={t('Segments')}>
          {segments.data.length === 0 && <Empty icon={<IconUsersGroup size={22} aria-hidden />} title={t('No segments yet')}>{t('Name the first one below, then say who is in it.')}</Empty>}
          <ul className={classes.list}>
            {segments.data.map((segment) => (
              <li key={segment.id} className={classes.row} data-off={!segment.enabled || undefined}>
                <StatusDot tone={segment.tone} />
                <Link to="/settings/segments/$segmentId" params={{ segmentId: segment.id }} preload={false} className={`${classes.main} ${own.link}`}>
                  <b>{segment.name}</b>
                  <small>
                    {segment.problem ? <span className={own.problem}><IconAlertTriangle size={13} aria-hidden /> {segment.problem}</span> : expressionText(segment.filter, names, chipOf)}
                  </small>
                </Link>
                {segment.follow_up && <span className={`${classes.badge} ${classes.wide}`}>{segment.follow_up}</span>}
                <span className={`${own.count} num`}>{segment.enabled ? (segment.settled === false ? '…' : count(segment.customers)) : t('off')}</span>
                <label className={own.switch}>
                  <input type="checkbox" role="switch" aria-checked={segment.enabled} aria-label={t('{name} is on', { name: segment.name })} checked={segment.enabled} disabled={!can('segments.edit') || change.isPending} onChange={(e) => change.mutate({ record: segment, change: { enabled: e.target.checked } })} />
                </label>
                <IconChevronRight size={16} className={own.arrow} aria-hidden />
              </li>
            ))}
          </ul>
          {can('segments.create') && <NewSegment />}
        </section>
      )}
      <Refused error={change.error} />
    </Page>
  )
}

function NewSegment() {
  const [name, setName] = useState('')
  const create = useCreateSegment()
  const navigate = useNavigate()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    // Off until somebody has said who is in it: an empty rule would be everybody.
    create.mutate({ name: name.trim(), filter: { any: [] }, tone: 'info' }, { onSuccess: (made) => void navigate({ to: '/settings/segments/$segmentId', params: { segmentId: made.id } }) })
  }
  return (
    <>
      <form className={classes.add} onSubmit={submit}>
        <TextBox label={t('New segment')} hideLabel placeholder={t('New segment')} maxLength={100} value={name} onChange={(e) => setName(e.target.value)} error={at(create.error, '/name')} />
        <Button type="submit" disabled={!name.trim() || create.isPending} icon={<IconPlus size={16} aria-hidden />}>{t('Add')}</Button>
      </form>
      <Refused error={create.error} fields={['/name']} />
    </>
  )
}
