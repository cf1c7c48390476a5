import { useQuery } from '@tanstack/react-query'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { both } from '@/features/finding'
import { packFilter, shareText, tallyQuery, useNames } from '@/features/finding/build'
import type { Expression } from '@/shared/api'
import { count } from '@/shared/format'
import { locale, t } from '@/shared/i18n'
import { ErrorState, IconButton, Skeleton } from '@/shared/ui'
import { mapById, useFolders } from '@/shared/vocabulary'
import { Bars } from './Bars'
import { Columns } from './Columns'
import { csvOf, foldersAbove, linesOf, monthsOf, type Line } from './lines'
import classes from './Reports.module.css'

const SHOWN = 10

interface Props {
  by: string
  title: string
  column: string
  none: string
  filter: Expression | undefined
  param: { filter?: string }
}

const monthName = (month: string) => new Intl.DateTimeFormat(locale(), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))

/** The customers of one line of a report, as a filter of the list. */
function expressionOf(by: string, value: string | null): Expression {
  if (value === null) return { field: by, empty: true }
  if (by !== 'created_at') return { field: by, is: value }
  const [year = 0, month = 1] = value.split('-').map(Number)
  return { field: by, gte: `${value}-01`, lt: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) }
}

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** One report: bars to look at, the same as a table, and as a file. */
export function Report({ by, title, column, none, filter, param }: Props) {
  const id = useId()
  const names = useNames()
  const [asTable, setAsTable] = useState(false)
  const [whole, setWhole] = useState(false)
  const [now] = useState(() => new Date())
  const tally = useQuery(tallyQuery(by, param))
  const months = by === 'created_at'
  const tree = useFolders()
  const folders = mapById(tree)
  const nested = by === 'folder_id' && tree.some((f) => f.parent_id)
  const above = (value: string) => (by === 'folder_id' && foldersAbove(value, folders)) || undefined
  const all = tally.data ? (months ? monthsOf(tally.data, monthName, now) : linesOf(tally.data, (v) => names.value(by, v), none, above)) : []
  const lines = months || whole ? all : all.slice(0, SHOWN)
  const open = (line: Line) => packFilter(both(filter, expressionOf(by, line.value)))
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton small label={asTable ? t('Show as bars: {title}', { title }) : t('Show as a table: {title}', { title })} tip="top" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <IconChartBar size={17} stroke={1.7} aria-hidden /> : <IconTable size={17} stroke={1.7} aria-hidden />}
        </IconButton>
        <IconButton small label={t('Download as CSV: {title}', { title })} tip="top" disabled={all.length === 0} onClick={() => download(`${by}.csv`, csvOf([column, t('Customers'), t('Share')], all))}>
          <IconDownload size={17} stroke={1.7} aria-hidden />
        </IconButton>
      </header>
      {tally.isPending && <Skeleton lines={4} />}
      {tally.isError && <ErrorState error={tally.error} onRetry={() => void tally.refetch()} />}
      {tally.isSuccess && all.length === 0 && <p className={classes.note}>{t('Nobody to count')}</p>}
      {tally.isSuccess && all.length > 0 && (
        <div data-stale={tally.isPlaceholderData || undefined} className={classes.body}>
          {asTable ? (
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{column}</th>
                  <th scope="col">{t('Customers')}</th>
                  <th scope="col">{t('Share')}</th>
                </tr>
              </thead>
              <tbody>
                {(months ? lines.toReversed() : lines).map((line) => (
                  <tr key={line.key}>
                    <td><Link to="/customers" search={{ filter: open(line) }} preload={false}>{line.label}</Link>{line.detail && <small> · {line.detail}</small>}</td>
                    <td className="num">{count(line.count)}</td>
                    <td className="num">{shareText(line.count, tally.data.total)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : months ? (
            <Columns title={title} lines={lines} open={open} />
          ) : (
            <Bars lines={lines} total={tally.data.total} open={open} />
          )}
          {!months && all.length > SHOWN && <button type="button" className={classes.more} onClick={() => setWhole(!whole)}>{whole ? t('Show fewer') : t('Show all {n}', { n: count(all.length) })}</button>}
          {!tally.data.complete && <p className={classes.note}>{t('Rarer ones are left out.')}</p>}
          {nested && <p className={classes.note}>{t('Each folder without those below it, so that the lines add up.')}</p>}
          {by === 'segment_id' && <p className={classes.note}>{t('A customer may be in several segments.')}</p>}
        </div>
      )}
    </section>
  )
}
