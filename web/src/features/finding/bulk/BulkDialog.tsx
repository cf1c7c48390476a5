import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { BulkFilter } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, Dialog, ErrorState, Skeleton } from '@/shared/ui'
import { previewQuery, useStartJob } from '../api/jobs'
import { ActionForm } from './ActionForm'
import { ACTIONS, actionOf, type ActionKind, type Drafted } from './actions'
import classes from './Bulk.module.css'
import { Preview } from './Preview'

const PAUSE_MS = 250

interface Props {
  kind: ActionKind
  filter: BulkFilter
  total: number
  /** What is chosen already. */
  begin?: Drafted
  onClose: () => void
  onStarted: () => void
}

/** One change for many: chosen, looked at before it is done, then handed to a job. */
export function BulkDialog({ kind, filter, total, begin, onClose, onStarted }: Props) {
  const [drafted, setDrafted] = useState<Drafted>(begin ?? {})
  const action = actionOf(kind, drafted)
  const [order] = useDebouncedValue(action && { filter, action }, PAUSE_MS)
  const preview = useQuery(previewQuery(order))
  const start = useStartJob()
  const look = ACTIONS[kind]
  const settled = action !== undefined && JSON.stringify(order?.action) === JSON.stringify(action)
  const nothing = settled && preview.data !== undefined && preview.data.changed === 0 && preview.data.looked_at === preview.data.matching
  // What the button says is what will happen, where all of it is known.
  const known = preview.data && preview.data.looked_at === preview.data.matching && kind !== 'export'
  const n = known ? preview.data.changed : (preview.data?.matching ?? total)
  const many = t('{n, plural, one {# customer} other {# customers}}', { n: preview.data?.matching ?? total })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (action) start.mutate({ filter, action }, { onSuccess: () => { onStarted(); onClose() } })
  }
  return (
    <Dialog title={look.title} opened onClose={onClose} size={520}>
      <form className={classes.form} onSubmit={submit}>
        <ActionForm kind={kind} drafted={drafted} onChange={setDrafted} />
        {!action && <p className={classes.lead}>{t('It will be done for {n}. Choose, and see first what changes.', { n: many })}</p>}
        {action && (!settled || preview.isFetching) && !preview.data && <Skeleton lines={3} />}
        {settled && preview.isError && <ErrorState title={t('This cannot be done')} error={preview.error} />}
        {settled && preview.data && <Preview preview={preview.data} kind={kind} />}
        {start.error && <p className={classes.error} role="alert">{start.error.message}</p>}
        <div className={classes.foot}>
          <span className={classes.note}>{kind === 'export' || !action ? '' : t('It can be taken back for seven days.')}</span>
          <Button tone="quiet" data-autofocus={look.danger} onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone={look.danger ? 'danger' : 'brand'} data-autofocus={kind === 'restore' || kind === 'export' || undefined} disabled={!action || !settled || preview.isError || nothing || start.isPending}>
            {look.act(count(n))}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
