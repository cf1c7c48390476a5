import { useMediaQuery } from '@mantine/hooks'
import { Suspense, useState } from 'react'
import type { Customer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { part } from '@/shared/ui'
import { ActivityTool } from './ActivityTool'
import { DatesTool } from './DatesTool'
import { FolderTool } from './FolderTool'
import { RelatedTool } from './RelatedTool'
import { TagsTool } from './TagsTool'
import classes from './ToolsPanel.module.css'
import { WorkersTool } from './WorkersTool'

const ToolsDrawer = part(() => import('./ToolsDrawer'), (m) => m.ToolsDrawer)

interface Props {
  id: string
  customer: Customer | undefined
  opened: boolean
  onClose: () => void
}

/** What can I do now: beside the profile, or a drawer where there is no room. */
export function ToolsPanel({ id, customer: read, opened, onClose }: Props) {
  // Until the next customer is read, the tools of the one before stand there unseen and untouchable: filling them anew
  // is far less work than making them anew.
  const [last, setLast] = useState(read)
  if (read && read !== last) setLast(read)
  const customer = read ?? last
  const narrow = useMediaQuery('(max-width: 1279px)', false, { getInitialValueInEffect: false })
  const tools = customer && (
    <>
      <WorkersTool customer={customer} />
      <FolderTool customer={customer} />
      <TagsTool customer={customer} />
      <RelatedTool id={id} />
      <DatesTool customer={customer} />
      <ActivityTool id={id} customer={customer} />
    </>
  )
  if (!narrow) return <aside className={classes.tools} aria-label={t('Tools')} inert={!read} data-waiting={!read || undefined}>{tools}</aside>
  if (!opened) return null
  return (
    <Suspense>
      <ToolsDrawer onClose={onClose}>{read && tools}</ToolsDrawer>
    </Suspense>
  )
}
