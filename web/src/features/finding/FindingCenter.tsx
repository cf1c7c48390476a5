import { Suspense, useState } from 'react'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { part } from '@/shared/ui'
import { useWatched } from './bulk/watched'

const ManageViews = part(() => import('./views/ManageViews'), (m) => m.ManageViews)
const JobsPanel = part(() => import('./bulk/JobsPanel'), (m) => m.JobsPanel)
const JobsDialog = part(() => import('./bulk/JobsDialog'), (m) => m.JobsDialog)

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
