import { useMediaQuery } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { CustomerList } from './list/CustomerList'
import { ConflictDialog } from './conflict/ConflictDialog'
import { MoveDialog } from './moving/MoveDialog'
import { NothingOpen } from './profile/NothingOpen'
import { useOpen } from './useWorkspace'
import classes from './Workspace.module.css'

/** The three panels: the list, the customer that is open, and what can be done now. */
export function Workspace() {
  const { customerId } = useOpen()
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  return (
    <div className={classes.workspace} data-open={customerId ? true : undefined}>
      <CustomerList alone={phone && !customerId} />
      {customerId ? <Outlet /> : <main className={classes.nothing} aria-label={t('Customer')}><NothingOpen /></main>}
      <ConflictDialog />
      <MoveDialog />
    </div>
  )
}
