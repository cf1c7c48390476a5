import { useQuery, useQueryClient } from '@tanstack/react-query'
import { memo } from 'react'
import { t } from '@/shared/i18n'
import { arrivalsKey } from '../api/live'
import { customerRows } from '../api/queries'
import type { Query } from '../api/search'
import classes from './CustomerList.module.css'

const none: string[] = []

/** Customers that something happened to and that are not in the list yet. They come on a click, so nothing jumps. */
export const Arrivals = memo(function Arrivals({ query }: { query: Query }) {
  const client = useQueryClient()
  const arrived = useQuery({ queryKey: arrivalsKey, queryFn: () => none, initialData: none, staleTime: Infinity }).data
  const unfiltered = Object.keys(query).length === 0
  if (arrived.length === 0 || !unfiltered) return null
  const show = () => {
    client.setQueryData<string[]>(arrivalsKey, none)
    void client.resetQueries({ queryKey: customerRows(query).queryKey })
  }
  return (
    <button type="button" className={classes.arrivals} onClick={show}>
      {t('{n, plural, one {Show # more with new activity} other {Show # more with new activity}}', { n: arrived.length })}
    </button>
  )
})
