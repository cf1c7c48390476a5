import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconArrowLeft, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { FilterBuilder, packFilter, segmentPreview, segmentQuery, shareText, useChangeSegment, useRemoveSegment } from '@/features/finding/build'
import { ApiError, isStatus, type Expression, type Segment } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, ErrorState, Skeleton, TextBox } from '@/shared/ui'
import buttonClasses from '@/shared/ui/Button.module.css'
import { Confirm } from '../shared/Confirm'
import { InlineText } from '../shared/InlineText'
import { Refused } from '../shared/Page'
import { ToneMenu } from '../shared/ToneMenu'
import classes from '../shared/settings.module.css'
import { Members } from './Members'
import own from './Segments.module.css'

const PAUSE_MS = 300

/** One segment: who is in it, why, and what is done with them. */
export function SegmentPage({ id }: { id: string }) {
  const found = useQuery(segmentQuery(id))
  return (
    <div className={classes.page}>
      <Link to="/settings/segments" className={own.back}><IconArrowLeft size={17} aria-hidden />{t('Segments')}</Link>
      {found.isPending && <Skeleton lines={5} />}
      {found.isError && !found.data && <ErrorState title={isStatus(found.error, 404) ? t('There is no such segment') : undefined} error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Shown segment={found.data} />}
    </div>
  )
}

function Shown({ segment }: { segment: Segment }) {
  const navigate = useNavigate()
  const can = useCan()
  const disabled = !can('segments.edit')
  const change = useChangeSegment()
  const remove = useRemoveSegment()
  const [leaving, setLeaving] = useState(false)
  const save = (changed: Parameters<typeof change.mutate>[0]['change']) => change.mutate({ record: segment, change: changed })
  return (
    <>
      <section className={`${classes.card} ${classes.pad}`} aria-label={t('Segment {name}', { name: segment.name })}>
        <div className={own.name}>
          <ToneMenu label={t('Colour of {name}', { name: segment.name })} value={segment.tone} disabled={disabled} onChange={(tone) => save({ tone })} />
          <h2 className="sr">{segment.name}</h2>
          <InlineText label={t('Name of the segment')} value={segment.name} disabled={disabled} onSave={(name) => change.mutateAsync({ record: segment, change: { name } })} />
          <label className={own.switch}>
            <input type="checkbox" checked={segment.enabled} disabled={disabled} onChange={(e) => save({ enabled: e.target.checked })} />
            {t('On')}
          </label>
        </div>
        {segment.problem && <p className={classes.error} role="alert">{segment.problem}</p>}
        <Rule key={segment.id} segment={segment} disabled={disabled} />
        <TextBox key={segment.follow_up} label={t('Follow-up')} help={t('What is done with whoever is in it, such as “Priority scheduling”.')} maxLength={200} defaultValue={segment.follow_up ?? ''} disabled={disabled} onBlur={(e) => e.target.value.trim() !== (segment.follow_up ?? '') && save({ follow_up: e.target.value.trim() || null })} />
        <Refused error={change.error} fields={['/filter']} />
        {can('segments.delete') && (
          <div className={classes.foot}>
            <Button tone="quiet" icon={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => { remove.reset(); setLeaving(true) }}>{t('Delete the segment')}</Button>
          </div>
        )}
      </section>
      <Members segment={segment} />
      {leaving && (
        <Confirm title={t('Delete the segment {name}?', { name: segment.name })} action={t('Delete the segment')} record={segment} remove={{ ...remove, mutate: (record) => remove.mutate(record, { onSuccess: () => void navigate({ to: '/settings/segments' }) }) }} onClose={() => setLeaving(false)}>
          {t('{n, plural, =0 {Nobody is in it.} one {# customer is in it; the customer stays.} other {# customers are in it; they stay.}}', { n: segment.customers })}
        </Confirm>
      )}
    </>
  )
}

const everybody: Expression = { all: [] }

/** Who is in it, edited as a sentence; what it would hold is counted before it is saved. */
function Rule({ segment, disabled }: { segment: Segment; disabled: boolean }) {
  const [drafted, setDrafted] = useState<Expression | undefined>(segment.filter)
  const change = useChangeSegment()
  const [asked] = useDebouncedValue(drafted ?? everybody, PAUSE_MS)
  const preview = useQuery(segmentPreview(asked))
  const isNew = JSON.stringify(drafted ?? everybody) !== JSON.stringify(segment.filter)
  const error = change.error ?? preview.error
  const wrong = error instanceof ApiError ? error.problem.errors?.find((e) => e.pointer.startsWith('/filter')) : undefined
  // A rule that nobody has said yet is begun as a list of which all must hold.
  const value = drafted && 'any' in drafted && drafted.any.length === 0 ? undefined : drafted
  return (
    <div className={own.rule}>
      <fieldset disabled={disabled} className={own.set}>
        <legend className="sr">{t('Who is in it')}</legend>
        <FilterBuilder forAll value={value} onChange={(next) => setDrafted(next ?? everybody)} problem={wrong && { pointer: wrong.pointer.slice('/filter'.length), message: wrong.message }} />
      </fieldset>
      {wrong && <p className={classes.error} role="alert">{wrong.message}</p>}
      <div className={classes.foot}>
        <p className={own.preview} role="status">
          {preview.data && !preview.error && (
            <>
              <b className="num">{count(preview.data.count)}</b> {isNew ? t('{n, plural, one {customer would be in it} other {customers would be in it}}', { n: preview.data.count }) : t('{n, plural, one {customer fits} other {customers fit}}', { n: preview.data.count })}
              {preview.data.total > 0 && ` · ${t('{share} of all', { share: shareText(preview.data.count, preview.data.total) })}`}
              {preview.data.examples.length > 0 && <span>{t('such as {names}', { names: preview.data.examples.slice(0, 3).map((e) => e.display_name).join(', ') })}</span>}
            </>
          )}
        </p>
        {!isNew && <Link to="/customers" search={{ filter: packFilter({ field: 'segment_id', is: segment.id }) }} className={buttonClasses.button}>{t('List them')}</Link>}
        {isNew && <Button tone="quiet" onClick={() => { change.reset(); setDrafted(segment.filter) }}>{t('Take back')}</Button>}
        {isNew && <Button tone="brand" disabled={change.isPending || preview.isError} onClick={() => change.mutate({ record: segment, change: { filter: drafted ?? everybody } })}>{t('Save the rule')}</Button>}
      </div>
    </div>
  )
}
