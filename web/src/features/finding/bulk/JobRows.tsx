import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Job, Outcome } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, Dialog, ErrorState, Skeleton } from '@/shared/ui'
import { jobRows } from '../api/jobs'
import classes from './Bulk.module.css'

const REASONS: Record<string, string> = { changed_since: t('changed since'), gone: t('no longer there'), not_in_bin: t('not in the bin') }

/** The customers that a job could not change, or that an undo left, each with its reason. */
export function JobRows({ job, title, outcome, onClose }: { job: Job; title: string; outcome: Outcome; onClose: () => void }) {
  const found = useInfiniteQuery(jobRows(job.id, outcome))
  const rows = found.data?.pages.flatMap((p) => p.data) ?? []
  return (
    <Dialog title={title} opened onClose={onClose} size={560}>
      {found.isPending && <Skeleton lines={4} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.customer_id}>
            <Link to="/customers/$customerId/$section" params={{ customerId: row.customer_id, section: 'timeline' }} preload={false} onClick={onClose}>{row.name}</Link>
            <span>{row.reasons.map((r) => r.message).join(' ') || [REASONS[row.reason] ?? row.reason, row.fields.join(', ').replaceAll('_', ' ')].filter(Boolean).join(': ')}</span>
          </li>
        ))}
      </ul>
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{t('Show more')}</Button>}
    </Dialog>
  )
}
