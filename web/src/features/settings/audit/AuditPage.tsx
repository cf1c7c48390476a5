import { IconHistory, IconRefresh, IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { AuditEntry } from '@/shared/api'
import { count, dayKey, dayName } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, Empty, ErrorState, ShowMore, Skeleton } from '@/shared/ui'
import { useAllFields } from '@/shared/vocabulary'
import { auditLog } from '../api/audit'
import { Page } from '../shared/Page'
import classes from '../shared/settings.module.css'
import type { AuditSearch } from './address'
import { AuditFilters } from './AuditFilters'
import own from './Audit.module.css'
import { Entry } from './Entry'
import { auditQuery } from './query'

/** Who did what and who looked, newest first. */
export function AuditPage() {
  const search = useSearch({ from: '/_app/settings/audit' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const query = useMemo(() => auditQuery(search), [search])
  const log = useInfiniteQuery(auditLog(query))
  const pages = log.data?.pages
  const days = useMemo(() => [...Map.groupBy(pages?.flatMap((p) => p.data) ?? [], (e: AuditEntry) => dayKey(e.at))], [pages])
  const names = useMemo(() => Object.assign({}, ...(pages ?? []).map((p) => p.names)) as Record<string, string>, [pages])
  const fields = useAllFields()
  const custom = useMemo(() => {
    const labels = new Map(fields.map((f) => [f.key, f.label]))
    return (key: string) => labels.get(key)
  }, [fields])
  const change = useCallback((to: Partial<AuditSearch>) => void navigate({ to: '/settings/audit', search: (old: AuditSearch) => ({ ...old, ...to }) }), [navigate])
  const total = pages?.[0]
  const filtered = Object.keys(search).length > 0
  return (
    <Page
      wide
      title={t('Audit log')}
      lead={t('Who did what, who was refused, and who looked at whom. It holds names of fields, never what stands in them.')}
      action={<Button compact icon={<IconRefresh size={15} stroke={1.9} aria-hidden />} onClick={() => void client.resetQueries({ queryKey: auditLog(query).queryKey })}>{t('Read again')}</Button>}
    >
      <p className={own.chained}>
        <IconShieldCheck size={18} stroke={1.8} aria-hidden />
        <span>{t('Nothing here is changed or taken out unnoticed: every row carries the SHA-256 of the row before it. On the server, this command reads the whole chain and names what was tampered with:')} <code dir="ltr">patron check</code></span>
      </p>
      <section className={classes.card} aria-label={t('Audit log')}>
        <AuditFilters search={search} onChange={change} />
        <p className={own.total} role="status">
          {total && (total.total_is === 'exact' ? t('{n, plural, =0 {No entries} one {# entry} other {# entries}}', { n: total.total }) : t('About {n} entries', { n: count(total.total) }))}
        </p>
        {log.isPending && <Skeleton lines={8} avatar />}
        {log.isError && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
        {log.isSuccess && days.length === 0 && (
          <Empty
            icon={<IconHistory size={22} aria-hidden />}
            title={filtered ? t('Nothing fits these filters') : t('Nothing has happened yet')}
            action={filtered && <Button onClick={() => void navigate({ to: '/settings/audit', search: {} })}>{t('Show everything')}</Button>}
          >
            {filtered ? t('Looks are written within a second; the same look is told once a minute.') : t('Whatever is done from now on stands here.')}
          </Empty>
        )}
        {days.map(([key, entries]) => (
          <section key={key} className={own.day}>
            <h3>{dayName(entries[0]!.at)}</h3>
            <ol>
              {entries.map((entry) => <Entry key={entry.id} entry={entry} names={names} custom={custom} onSearch={change} />)}
            </ol>
          </section>
        ))}
        {log.hasNextPage && <ShowMore loading={log.isFetchingNextPage} label={t('Show older entries')} loadingLabel={t('Loading older entries…')} onSeen={() => void log.fetchNextPage()} />}
      </section>
    </Page>
  )
}
