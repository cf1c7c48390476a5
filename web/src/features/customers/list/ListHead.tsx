import { IconPlus } from '@tabler/icons-react'
import { memo, Suspense, useState } from 'react'
import { useCommands } from '@/shared/commands'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, part } from '@/shared/ui'
import classes from './CustomerList.module.css'
import { FolderMenu } from './FolderMenu'
import { ListMenu } from './ListMenu'

const NewCustomer = part(() => import('./NewCustomer'), (m) => m.NewCustomer)

export const ListHead = memo(function ListHead({ total, estimated }: { total: number | undefined; estimated: boolean }) {
  const [creating, setCreating] = useState(false)
  const mayCreate = useCan()('customers.create')
  useCommands(mayCreate ? [{ id: 'customer.new', title: t('New customer'), group: t('Customers'), keys: 'n', run: () => setCreating(true) }] : [])
  return (
    <header className={classes.head}>
      <FolderMenu />
      {total !== undefined && <span className={`${classes.count} num`}>{estimated ? `~${count(total)}` : count(total)}</span>}
      <span className={classes.grow} />
      <ListMenu total={total} />
      {mayCreate && (
        <Button compact tone="brand" className={classes.add} icon={<IconPlus size={16} stroke={2} aria-hidden />} onClick={() => setCreating(true)}>
          {t('New')}
        </Button>
      )}
      {creating && (
        <Suspense>
          <NewCustomer onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </header>
  )
})
