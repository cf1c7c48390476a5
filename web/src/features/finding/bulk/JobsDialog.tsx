import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n'
import { Dialog, Empty, ErrorState, Skeleton } from '@/shared/ui'
import { jobsQuery } from '../api/jobs'
import classes from './Bulk.module.css'
import { JobCard } from './JobCard'

/** What I changed of many customers: looked up later, and taken back within seven days. */
export function JobsDialog({ onClose }: { onClose: () => void }) {
  const jobs = useQuery(jobsQuery)
  return (
    <Dialog title={t('Bulk changes')} opened onClose={onClose} size={520}>
      {jobs.isPending && <Skeleton lines={3} />}
      {jobs.isError && <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data?.length === 0 && <Empty title={t('Nothing yet')}>{t('Select customers in the list, then tag, move or assign them all at once.')}</Empty>}
      <div className={classes.past}>{jobs.data?.map((job) => <JobCard key={job.id} id={job.id} />)}</div>
    </Dialog>
  )
}
