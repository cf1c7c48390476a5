import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { segmentMembers } from '@/features/finding/build'
import type { Segment } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, ErrorState, Skeleton, Time } from '@/shared/ui'
import classes from '../shared/settings.module.css'
import own from './Segments.module.css'

/** Who is in a segment, since when, and why. */
export function Members({ segment }: { segment: Segment }) {
  const found = useInfiniteQuery(segmentMembers(segment.id, `${segment.version} ${segment.customers}`))
  const members = found.data?.pages.flatMap((p) => p.data) ?? []
  return (
    <section className={classes.card} aria-label={t('Members')}>
      <div className={classes.pad}>
        <h3 className={classes.title}>
          {t('Members')} <span className={`${classes.side} num`}>{segment.settled === false ? t('being worked out') : count(segment.customers)}</span>
        </h3>
      </div>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && members.length === 0 && <p className={own.nobody}>{segment.enabled ? t('Nobody fits at the moment.') : t('The segment is off, so nobody is in it.')}</p>}
      {members.length > 0 && (
        <table className={own.members}>
          <thead>
            <tr>
              <th scope="col">{t('Customer')}</th>
              <th scope="col">{t('Why')}</th>
              <th scope="col">{t('Since')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((m) => (
              <tr key={m.customer_id}>
                <td><Link to="/customers/$customerId/$section" params={{ customerId: m.customer_id, section: 'timeline' }} preload={false}>{m.display_name}</Link></td>
                <td>{m.reason}</td>
                <td><Time at={m.since} as="date" /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && <div className={classes.pad}><Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('Show more')}</Button></div>}
    </section>
  )
}
