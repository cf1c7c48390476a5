import { useQuery } from '@tanstack/react-query'
import { IconArrowLeft, IconFileSpreadsheet } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Import, Tone } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { ErrorState, Skeleton, StatusPill, Time } from '@/shared/ui'
import { Drop } from './Drop'
import classes from './Imports.module.css'
import { importsQuery, type ImportKind } from './api/imports'

const STATES: Record<Import['state'], { label: string; tone: Tone }> = {
  uploaded: { label: t('Not begun'), tone: 'mute' },
  previewed: { label: t('Tried out'), tone: 'info' },
  running: { label: t('At work'), tone: 'info' },
  done: { label: t('Done'), tone: 'ok' },
  stopped: { label: t('Stopped'), tone: 'warn' },
  undone: { label: t('Taken back'), tone: 'mute' },
}

function outcome({ state, counts }: Import): string {
  if (state !== 'done' && state !== 'stopped' && state !== 'running') return ''
  return t('{created} created, {updated} updated, {skipped} skipped, {failed} failed', {
    created: count(counts.created), updated: count(counts.updated), skipped: count(counts.skipped), failed: count(counts.failed),
  })
}

export function ImportsPage({ kind }: { kind: ImportKind }) {
  const staff = kind === 'staff'
  const back = staff ? t('Back to the staff') : t('Back to the customers')
  const imports = useQuery(importsQuery(kind))
  const mayImport = useCan()('imports.create')
  return (
    <main className={classes.screen}>
      <div className={classes.panel}>
        <div className={classes.page}>
          <header className={classes.head}>
            <Link to={staff ? '/settings/staff' : '/customers'} className={classes.back} aria-label={back} title={back}>
              <IconArrowLeft size={20} aria-hidden />
            </Link>
            <h1>{staff ? t('Import staff') : t('Import customers')}</h1>
          </header>
          {mayImport && <Drop kind={kind} />}
          {imports.isPending && <Skeleton lines={3} />}
          {imports.isError && <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />}
          {imports.data && imports.data.data.length > 0 && (
            <section className={classes.card} aria-label={t('Past imports')}>
              <div className={classes.pad}><h2>{t('Past imports')}</h2></div>
              <ul className={classes.past}>
                {imports.data.data.map((one) => (
                  <li key={one.id}>
                    <Link to="/imports/$importId" params={{ importId: one.id }}>
                      <IconFileSpreadsheet size={20} stroke={1.6} aria-hidden />
                      <div>
                        <b>{one.filename}</b>
                        <small>
                          <Time at={one.created_at} as="full" />
                          {outcome(one) && ` · ${outcome(one)}`}
                        </small>
                      </div>
                      <StatusPill name={STATES[one.state].label} tone={STATES[one.state].tone} />
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </main>
  )
}
