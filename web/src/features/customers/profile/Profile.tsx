import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useState } from 'react'
import { isStatus } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, ErrorState, Skeleton, part } from '@/shared/ui'
import { markSeen } from '../api/changes'
import { customerOne } from '../api/queries'
import { findRow } from '../api/rows'
import { Timeline } from '../timeline/Timeline'
import { useOpen, type Section } from '../useWorkspace'
import { AlertNotes } from './AlertNotes'
import { Facts } from './Facts'
import { Header } from './Header'
import { usePresenceHeartbeat } from './presence'
import classes from './Profile.module.css'
import { SectionMenu } from './SectionMenu'
import { useProfileCommands } from './useProfileCommands'

// Asked for at once, beside the first screen rather than in it.
const toolsPanel = import('../tools/ToolsPanel')
const ToolsPanel = part(() => toolsPanel, (m) => m.ToolsPanel)
const InBin = part(() => import('./InBin'), (m) => m.InBin)
const Details = part(() => import('../details/Details'), (m) => m.Details)
const Notes = part(() => import('../notes/Notes'), (m) => m.Notes)
const Related = part(() => import('../related/Related'), (m) => m.Related)

/** The living profile of one customer, and beside it what can be done now. */
export function Profile({ id, section }: { id: string; section: Section }) {
  const client = useQueryClient()
  const { data: customer, error, refetch } = useQuery(customerOne(id))
  const { close } = useOpen()
  const row = findRow(client, id)
  const [toolsOpen, setToolsOpen] = useState(false)
  usePresenceHeartbeat(id)
  useSeen(id)
  useProfileCommands(id, () => setToolsOpen(true))

  if (isStatus(error, 410)) return <Suspense><InBin id={id} problem={error.problem} /></Suspense>
  const missing = isStatus(error, 404) || isStatus(error, 422)
  const name = customer?.display_name ?? row?.display_name
  return (
    <>
      <main id="profile" tabIndex={-1} className={classes.main} aria-label={name ?? t('Customer')}>
        {missing || (error && !customer) ? (
          <ErrorState
            page
            title={missing ? t('There is no such customer') : undefined}
            action={missing && <Button onClick={close}>{t('Back to the list')}</Button>}
            error={error}
            onRetry={() => void refetch()}
          />
        ) : (
          <>
            <Header id={id} customer={customer} row={row} onTools={() => setToolsOpen(true)} />
            <AlertNotes id={id} />
            <Facts id={id} customer={customer} />
            <div className={classes.body}>
              <SectionMenu id={id} />
              <Suspense fallback={<Skeleton lines={5} />}>
                {section === 'timeline' && <Timeline id={id} />}
                {section === 'profile' && (customer ? <Details key={id} customer={customer} /> : <Skeleton lines={5} />)}
                {section === 'notes' && <Notes key={id} id={id} />}
                {section === 'related' && <Related key={id} id={id} />}
              </Suspense>
            </div>
          </>
        )}
      </main>
      {!missing && (customer || !error) && (
        <Suspense fallback={<aside className={classes.aside} />}>
          <ToolsPanel id={id} customer={customer} opened={toolsOpen} onClose={() => setToolsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Looking at a customer for a moment makes it read; so does what arrives while it is open. */
function useSeen(id: string) {
  const client = useQueryClient()
  const { customerId } = useOpen()
  useEffect(() => {
    const timer = setTimeout(() => void markSeen(client, id).catch(() => {}), 700)
    return () => clearTimeout(timer)
  }, [client, id, customerId])
}
