import { IconCalendar, IconSearch, IconX } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import { date } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useUsers } from '@/shared/vocabulary'
import { useSearchOf, useSetSearch } from '../useWorkspace'
import { GROUPS } from './kinds'
import classes from './Timeline.module.css'

/** By kind, by person, by date, by text. All of it stands in the address. */
export const Filters = memo(function Filters() {
  const search = useSearchOf('events', 'by', 'until', 'find')
  const setSearch = useSetSearch()
  const users = useUsers()
  const [text, setText] = useState(search.find ?? '')
  const written = useRef(search.find)
  useEffect(() => {
    const wanted = text.trim() || undefined
    if (wanted === written.current) return
    const timer = setTimeout(() => {
      written.current = wanted
      setSearch({ find: wanted }, true)
    }, 200)
    return () => clearTimeout(timer)
  }, [text, setSearch])
  // Another customer's timeline starts unfiltered, and back and forward change the address under the box.
  useEffect(() => {
    if (search.find === written.current) return
    written.current = search.find
    setText(search.find ?? '')
  }, [search.find])
  return (
    <div className={classes.filters} role="group" aria-label={t('Filter the timeline')}>
      {GROUPS.map((g) => (
        <button key={g.label} type="button" aria-pressed={search.events === g.value} onClick={() => setSearch({ events: g.value })}>
          {g.label}
        </button>
      ))}
      <span className={classes.grow} />
      <label className={classes.find}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <input id="timeline-search" type="search" aria-label={t('Search the timeline')} placeholder={t('Search')} value={text} onChange={(e) => setText(e.target.value)} />
      </label>
      <select aria-label={t('Person')} value={search.by ?? ''} data-set={search.by ? true : undefined} onChange={(e) => setSearch({ by: e.target.value || undefined })}>
        <option value="">{t('Anyone')}</option>
        {users.map((u) => (
          <option key={u.id} value={u.id}>{u.name}</option>
        ))}
      </select>
      <label className={classes.date} data-set={search.until ? true : undefined}>
        <IconCalendar size={14} stroke={1.8} aria-hidden />
        <span aria-hidden>{search.until ? date(search.until) : t('Date')}</span>
        <input type="date" aria-label={t('Jump to a date')} value={search.until ?? ''} onChange={(e) => setSearch({ until: e.target.value || undefined })} />
      </label>
      {search.until && (
        <button type="button" className={classes.clear} aria-label={t('Back to the newest')} onClick={() => setSearch({ until: undefined })}>
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  )
})
