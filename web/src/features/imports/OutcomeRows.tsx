import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ImportRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, ErrorState, Skeleton } from '@/shared/ui'
import classes from './Imports.module.css'
import { importRows } from './api/imports'

const REASONS: Record<string, string> = { unchanged: t('Nothing new in this row'), exists: t('Is there already'), empty: t('The row is empty') }

function Why({ row }: { row: ImportRow }) {
  if (row.reasons.length === 0) return row.reason ? (REASONS[row.reason] ?? row.reason.replaceAll('_', ' ')) : '–'
  return row.reasons.map((r, i) => (
    <div key={i}>
      {r.column && <b>{r.column}: </b>}
      {r.message}
      {row.values?.[r.column] ? ` (“${row.values[r.column]}”)` : ''}
    </div>
  ))
}

export function OutcomeRows({ id, outcome, stamp }: { id: string; outcome: ImportRow['outcome']; stamp: string }) {
  const rows = useInfiniteQuery(importRows(id, outcome, stamp))
  if (rows.isPending) return <Skeleton lines={4} />
  if (rows.isError) return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
  const all = rows.data.pages.flatMap((p) => p.data)
  if (all.length === 0) return <p className={classes.quiet}>{t('No row')}</p>
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('Line')}</th>
              <th scope="col">{t('Name')}</th>
              <th scope="col">{outcome === 'created' || outcome === 'updated' ? t('Remarks') : t('Why')}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((row) => (
              <tr key={row.line}>
                <td className="num">{row.line}</td>
                <td>
                  {row.customer_id ? (
                    <Link to="/customers/$customerId/$section" params={{ customerId: row.customer_id, section: 'timeline' }} preload={false}>{row.name || t('Customer')}</Link>
                  ) : (
                    row.name || '–'
                  )}
                </td>
                <td className={classes.reason}><Why row={row} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.hasNextPage && (
        <div className={classes.more}>
          <Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>{t('More rows')}</Button>
        </div>
      )}
    </>
  )
}
