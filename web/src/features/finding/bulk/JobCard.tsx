import { IconAlertTriangle, IconCircleCheck, IconDownload, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Job, Outcome } from '@/shared/api'
import { isStatus } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { IconButton, Time } from '@/shared/ui'
import { useFields, useFolders, useStatuses, useTags, useUsers } from '@/shared/vocabulary'
import { atWork, jobFile, jobQuery, refreshAfterJob, useJobStep } from '../api/jobs'
import { actionText } from './actions'
import classes from './Bulk.module.css'
import { JobRows } from './JobRows'
import { unwatch } from './watched'

function useTitle(job: Job): string {
  const known = [useTags(), useFolders(), useStatuses(), useUsers()].flat() as { id: string; name: string }[]
  const fields = useFields()
  return actionText(job.asked.action, (id) => known.find((x) => x.id === id)?.name ?? t('something deleted'), (key) => fields.find((f) => `custom.${f.key}` === key)?.label ?? key.replaceAll('_', ' '))
}

function outcome(job: Job): string {
  const { changed, skipped, failed, undone, kept } = job.counts
  const said = job.state === 'undone' ? [[undone, t('as before')], [kept, t('kept as people changed them since')]] : [[changed, t('done')], [skipped, t('as wanted already')], [failed, t('failed')]]
  const parts = said.filter(([n]) => Number(n) > 0).map(([n, words]) => `${count(Number(n))} ${words}`)
  return parts.join(' · ') || t('Nothing had to be done')
}

const STATES: Partial<Record<Job['state'], string>> = { stopped: t('Stopped'), failed: t('Broken off'), undone: t('Taken back') }

/** One job: how far it is, what came of it, and the way back. */
export function JobCard({ id, onClose }: { id: string; onClose?: () => void }) {
  const found = useQuery(jobQuery(id))
  // A job of another business or from long ago: nothing to show.
  useEffect(() => {
    if (isStatus(found.error, 404) || isStatus(found.error, 403)) unwatch(id)
  }, [found.error, id])
  return found.data ? <Shown job={found.data} onClose={onClose} /> : null
}

function Shown({ job, onClose }: { job: Job; onClose?: () => void }) {
  const client = useQueryClient()
  const step = useJobStep(job.id)
  const title = useTitle(job)
  const [rows, setRows] = useState<Outcome>()
  const working = atWork(job)
  const was = useRef(working)
  useEffect(() => {
    if (was.current && !working) refreshAfterJob(client)
    was.current = working
  }, [working, client])
  const share = job.total > 0 ? job.done / job.total : 0
  const told: Outcome | undefined = job.counts.kept > 0 ? 'kept' : job.counts.failed > 0 ? 'failed' : undefined
  return (
    <article className={classes.job} aria-label={title}>
      <header>
        {!working && (job.problem || job.state === 'failed' ? <IconAlertTriangle size={17} className={classes.bad} aria-hidden /> : <IconCircleCheck size={17} className={classes.ok} aria-hidden />)}
        <b>{job.undoing && working ? t('Taking back: {title}', { title }) : title}</b>
        {!onClose && <Time at={job.created_at} className={classes.note} />}
        {onClose && !working && <IconButton small label={t('Close')} tip={false} onClick={onClose}><IconX size={15} aria-hidden /></IconButton>}
      </header>
      {working ? (
        <>
          <div className={classes.bar} role="progressbar" aria-label={title} aria-valuenow={Math.round(share * 100)}><i style={{ width: `${share * 100}%` }} /></div>
          <p className="num">
            {t('{done} of {total}', { done: count(job.done), total: count(job.total) })}
            {!job.undoing && <button type="button" disabled={step.isPending} onClick={() => step.mutate('stop')}>{t('Stop')}</button>}
          </p>
        </>
      ) : (
        <p>
          <span>{STATES[job.state] && `${STATES[job.state]} · `}{outcome(job)}</span>
          {job.problem && <span className={classes.bad}>{job.problem}</span>}
          {told && <button type="button" onClick={() => setRows(told)}>{told === 'kept' ? t('Which stayed') : t('Which failed')}</button>}
          {job.has_file && <a href={jobFile(job.id)} download><IconDownload size={14} aria-hidden />{t('Download')}</a>}
          {job.can_undo_until && <button type="button" disabled={step.isPending} onClick={() => step.mutate('undo')}>{t('Undo')}</button>}
        </p>
      )}
      {rows && <JobRows job={job} title={title} outcome={rows} onClose={() => setRows(undefined)} />}
    </article>
  )
}
