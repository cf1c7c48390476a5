import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Customer } from '@/shared/api'
import { date } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Avatar, Dialog, ErrorState, Skeleton, Time } from '@/shared/ui'
import { customerLooks } from '../api/looks'
import { onlookers } from './people'
import classes from './Viewers.module.css'

/** Who opened this profile lately, as the audit log tells it. */
export function Looks({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const looks = useQuery(customerLooks(customer.id))
  const entries = looks.data?.data
  const people = useMemo(() => onlookers(entries ?? []), [entries])
  const first = entries?.at(-1)
  return (
    <Dialog title={t('Who looked at {name}', { name: customer.display_name })} opened onClose={onClose} size={520}>
      {looks.isPending && <Skeleton lines={4} avatar />}
      {looks.isError && <ErrorState error={looks.error} onRetry={() => void looks.refetch()} />}
      {entries && (
        <div className={classes.body}>
          <p className={classes.sum} role="status">
            {first
              ? t('{n, plural, one {One person} other {# people}} opened this profile since {day}.', { n: people.length, day: date(first.at) })
              : t('Nobody has opened this profile yet.')}
          </p>
          {people.length > 0 && (
            <ul className={classes.list} aria-label={t('Who looked')}>
              {people.map((p) => (
                <li key={p.id}>
                  <Avatar name={p.name} size={32} />
                  <div>
                    <b dir="auto">{p.name}</b>
                    <p>{p.times === 1 ? t('Once') : t('{n, plural, other {# times}}, first on {day}', { n: p.times, day: date(p.first) })}</p>
                  </div>
                  <Time at={p.last} className={classes.when} />
                </li>
              ))}
            </ul>
          )}
          <p className={classes.more}>
            <Link to="/settings/audit" search={{ customer: customer.id }} preload={false}>{t('Everything about this customer in the audit log')}</Link>
          </p>
        </div>
      )}
    </Dialog>
  )
}
