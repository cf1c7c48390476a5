import { lazy, Suspense, useState } from 'react'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { useWatched } from './bulk/watched'

const ManageViews = lazy(() => import('./views/ManageViews').then((m) => ({ default: m.ManageViews })))
const JobsPanel = lazy(() => import('./bulk/JobsPanel').then((m) => ({ default: m.JobsPanel })))
const JobsDialog = lazy(() => import('./bulk/JobsDialog').then((m) => ({ default: m.JobsDialog })))

/** What is asked for from several screens and belongs to none: the work that goes on, the views' dialog. */
export function FindingCenter() {
  const [open, setOpen] = useState<'views' | 'jobs'>()
  const watched = useWatched()
  const can = useCan()
  const close = () => setOpen(undefined)
  useCommands([
    ...(can('views.view') ? [{ id: 'views.manage', title: t('Manage the views'), group: t('Views'), run: () => setOpen('views') }] : []),
    ...(can('jobs.view') ? [{ id: 'jobs', title: t('Bulk changes'), group: t('List'), run: () => setOpen('jobs') }] : []),
  ])
  return (
    <Suspense>
      {watched.length > 0 && <JobsPanel />}
      {open === 'views' && <ManageViews onClose={close} />}
      {open === 'jobs' && <JobsDialog onClose={close} />}
    </Suspense>
  )
}
