import { IconTrash } from '@tabler/icons-react'
import type { Problem } from '@/shared/api'
import { fullTime } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty } from '@/shared/ui'
import { useRestoreCustomer } from '../api/changes'
import classes from './Profile.module.css'

export function InBin({ id, problem }: { id: string; problem: Problem & { bin_until?: string } }) {
  const restore = useRestoreCustomer()
  const mayRestore = useCan()('customers.delete')
  return (
    <main className={classes.main} aria-label={t('Customer in the bin')}>
      <Empty
        icon={<IconTrash size={22} aria-hidden />}
        title={t('This customer is in the bin')}
        action={mayRestore && <Button tone="brand" disabled={restore.isPending} onClick={() => restore.mutate(id)}>{t('Bring back')}</Button>}
      >
        {problem.bin_until ? t('It is kept until {time}.', { time: fullTime(problem.bin_until) }) : t('It can still be brought back.')}
      </Empty>
    </main>
  )
}
