import { t } from '@/shared/i18n'
import classes from './Bulk.module.css'
import { JobCard } from './JobCard'
import { unwatch, useWatched } from './watched'

/** The work that goes on beside everything else; it stays while one goes from screen to screen. */
export function JobsPanel() {
  const watched = useWatched()
  return (
    <section className={classes.jobs} aria-label={t('Work in progress')} aria-live="polite">
      {watched.map((id) => <JobCard key={id} id={id} onClose={() => unwatch(id)} />)}
    </section>
  )
}
