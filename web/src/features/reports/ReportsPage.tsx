import { useQuery } from '@tanstack/react-query'
import { IconAdjustmentsHorizontal, IconList } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { countConditions, unpackFilter } from '@/features/finding'
import { FilterBuilder, filterParam, matchingQuery, packFilter, shareText } from '@/features/finding/build'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { ErrorState } from '@/shared/ui'
import buttonClasses from '@/shared/ui/Button.module.css'
import { Report } from './Report'
import classes from './Reports.module.css'

/** The months over the whole width, below them two sides. */
const REPORTS = [
  [{ by: 'created_at', title: t('Added by month'), column: t('Month'), none: '' }],
  [
    { by: 'folder_id', title: t('By folder'), column: t('Folder'), none: t('In no folder') },
    { by: 'segment_id', title: t('By segment'), column: t('Segment'), none: t('In no segment') },
  ],
  [{ by: 'source', title: t('By source'), column: t('Source'), none: t('Source not known') }],
]

/** Customers by what they have in common, for everybody or for a filter of choice. */
export function ReportsPage() {
  const search = useSearch({ from: '/_app/reports' })
  const navigate = useNavigate()
  const filter = unpackFilter(search.filter)
  const asked = useDeferredValue(search.filter)
  const param = filterParam(unpackFilter(asked))
  const some = useQuery(matchingQuery(param))
  const all = useQuery(matchingQuery({})).data
  return (
    <main className={classes.screen}>
      <div className={classes.panel}>
        <div className={classes.page}>
          <header className={classes.head}>
            <h1>{t('Reports')}</h1>
            <p className="num" role="status">
              {some.data !== undefined && t('{n, plural, one {# customer} other {# customers}}', { n: some.data })}
              {some.data !== undefined && filter && all ? ` · ${t('{share} of all', { share: shareText(some.data, all) })}` : ''}
            </p>
            <span className={classes.grow} />
            <Link to="/customers" search={{ filter: search.filter }} className={buttonClasses.button} data-compact><IconList size={16} stroke={1.7} aria-hidden />{t('List them')}</Link>
          </header>
          <section className={classes.filter} aria-label={t('Filter')}>
            <IconAdjustmentsHorizontal size={17} stroke={1.7} aria-hidden />
            <FilterBuilder value={filter} onChange={(next) => void navigate({ to: '/reports', search: { filter: packFilter(next) }, replace: countConditions(filter) > 0 })} />
          </section>
          {some.isError ? (
            <ErrorState error={some.error} onRetry={() => void some.refetch()} />
          ) : (
            <div className={classes.grid}>
              {REPORTS.map((side) => <div key={side[0]!.by} data-wide={side[0]!.by === 'created_at' || undefined}>{side.map((r) => <Report key={r.by} {...r} filter={filter} param={param} />)}</div>)}
            </div>
          )}
          {all === 0 && <p className={classes.note}>{t('There are no customers yet; {n} to count.', { n: count(0) })}</p>}
        </div>
      </div>
    </main>
  )
}
