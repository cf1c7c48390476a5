import { IconPlus, IconSitemap } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { t } from '@/shared/i18n'
import { Button, Empty, ErrorState, Skeleton } from '@/shared/ui'
import { relationsOf } from '../api/queries'
import { useCanHere } from '../profile/useCanHere'
import { RelateForm } from './RelateForm'
import classes from './Related.module.css'
import { RelationItem } from './RelationItem'

/** Company, staff, family, branches: everyone this customer is linked with, both ways. */
export function Related({ id }: { id: string }) {
  const relations = useQuery(relationsOf(id))
  const [adding, setAdding] = useState(false)
  const mayCreate = useCanHere(id)('relations.create')
  const groups = useMemo(() => [...Map.groupBy(relations.data ?? [], (r) => r.label)], [relations.data])
  const add = mayCreate && !adding && (
    <Button icon={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t('Link a customer')}</Button>
  )
  return (
    <div className={classes.related}>
      <div className={classes.column}>
        {relations.isPending && <Skeleton lines={3} />}
        {relations.isError && <ErrorState error={relations.error} onRetry={() => void relations.refetch()} />}
        {relations.isSuccess && groups.length === 0 && !adding && (
          <Empty icon={<IconSitemap size={22} aria-hidden />} title={t('Not linked with anyone yet')} action={add}>
            {t('Link the company this person works for, family, or branches.')}
          </Empty>
        )}
        {(groups.length > 0 || adding) && <div className={classes.top}>{add}</div>}
        {adding && <RelateForm customerId={id} onDone={() => setAdding(false)} />}
        {groups.map(([label, items]) => (
          <section key={label}>
            <h2 className={classes.heading}>{label}</h2>
            <ul className={classes.list}>
              {items.map((r) => (
                <RelationItem key={r.id} relation={r} customerId={id} labelled={false} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
