import { useQuery } from '@tanstack/react-query'
import { count } from '@/shared/format'
import { memo } from 'react'
import { t } from '@/shared/i18n'
import { useTags } from '@/shared/vocabulary'
import { customerCount } from '../api/queries'
import { useSearchOf, useSetSearch } from '../useWorkspace'
import classes from './CustomerList.module.css'

const TAGS_SHOWN = 2

/** Filters in reach: what is new, what is mine, and the tags in use most. */
export const QuickFilters = memo(function QuickFilters() {
  const search = useSearchOf('unread', 'worker', 'tag')
  const setSearch = useSetSearch()
  const unread = useQuery(customerCount({ unread: 'true' })).data
  const tags = [...useTags()].sort((a, b) => b.customers - a.customers).slice(0, TAGS_SHOWN)
  const only = (id: string) => (search.tag?.length === 1 && search.tag[0] === id ? undefined : [id])
  return (
    <div className={classes.chips} role="group" aria-label={t('Quick filters')}>
      <button type="button" className={classes.chip} aria-pressed={search.unread ?? false} onClick={() => setSearch({ unread: search.unread ? undefined : true })}>
        {t('Unread')}
        {unread ? <span className="num">{count(unread)}</span> : null}
      </button>
      <button type="button" className={classes.chip} aria-pressed={search.worker === 'me'} onClick={() => setSearch({ worker: search.worker === 'me' ? undefined : 'me' })}>
        {t('Mine')}
      </button>
      {tags.map((tag) => (
        <button key={tag.id} type="button" className={classes.chip} aria-pressed={search.tag?.includes(tag.id) ?? false} onClick={() => setSearch({ tag: only(tag.id) })}>
          {tag.name}
        </button>
      ))}
    </div>
  )
})
