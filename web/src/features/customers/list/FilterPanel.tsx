import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconX } from '@tabler/icons-react'
import { Suspense, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useSegments } from '@/features/finding'
import { FilterBuilder, packFilter, SaveView, shareText } from '@/features/finding/build'
import { ApiError, type Expression } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, IconButton, Skeleton } from '@/shared/ui'
import { useFolders, useTags } from '@/shared/vocabulary'
import { customerCount, customerRows } from '../api/queries'
import { listQuery, shownFilter, sortOf, wholeFilter, withoutOlder, type CustomersSearch } from '../api/search'
import { useListSearch } from '../useWorkspace'
import classes from './FilterPanel.module.css'

const PAUSE_MS = 220

/** The filter as a sentence, beside the list that follows it. */
export function FilterPanel({ onClose }: { onClose: () => void }) {
  const { search, setSearch } = useListSearch()
  const panel = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<() => void>(undefined)
  const touched = useRef(false)
  const [saving, setSaving] = useState(false)
  const mayKeep = useCan()('views.create')
  const query = useMemo(() => listQuery(search), [search])
  const list = useInfiniteQuery(customerRows(query))
  const all = useQuery(customerCount(search.bin ? { in_bin: 'true' } : {})).data
  const total = list.data?.pages[0]?.total

  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('[data-chip], [data-add] button')?.focus()
  }, [])
  // What was chosen last is not lost when the panel is closed within the pause.
  useEffect(() => () => { clearTimeout(timer.current); pending.current?.() }, [])

  const apply = (expression: Expression | undefined) => {
    clearTimeout(timer.current)
    pending.current = () => {
      pending.current = undefined
      setSearch({ ...withoutOlder, filter: packFilter(expression) }, touched.current)
      // The first change is a step that "back" takes back; the ones that follow belong to it.
      touched.current = true
    }
    timer.current = setTimeout(() => pending.current?.(), PAUSE_MS)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !panel.current?.contains(event.target as Node)) return
    event.stopPropagation()
    onClose()
  }
  const wrong = list.error instanceof ApiError ? list.error.problem.errors?.find((e) => e.pointer.startsWith('?filter')) : undefined
  const expression = shownFilter(search)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere within
    <div ref={panel} role="dialog" aria-label={t('Filters')} tabIndex={-1} className={classes.panel} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <h2>{t('Filter')}</h2>
        <IconButton label={t('Close the filter')} tip={false} onClick={onClose}><IconX size={18} aria-hidden /></IconButton>
      </div>
      <div className={classes.body}>
        <Suspense fallback={<Skeleton lines={1} />}>
          <FilterBuilder value={expression} onChange={apply} problem={wrong && { pointer: wrong.pointer.slice('?filter'.length), message: wrong.message }} />
        </Suspense>
        {wrong && <p className={classes.problem} role="alert">{wrong.message}</p>}
        <Others search={search} />
      </div>
      <div className={classes.foot}>
        <p className={classes.count} role="status" data-stale={list.isPlaceholderData || undefined}>
          {total !== undefined && !list.isError && (
            <>
              <b className="num">{count(total)}</b> {t('{n, plural, one {customer} other {customers}}', { n: total })}
              {all !== undefined && all > 0 && total !== all && ` · ${t('{share} of all', { share: shareText(total, all) })}`}
            </>
          )}
        </p>
        {expression && <Button compact tone="quiet" onClick={() => apply(undefined)}>{t('Clear')}</Button>}
        {mayKeep && expression && <Button compact onClick={() => setSaving(true)}>{t('Save as view…')}</Button>}
        <Button compact tone="brand" onClick={onClose}>{t('Done')}</Button>
      </div>
      {saving && (
        <Suspense>
          <SaveView filter={wholeFilter(search)} sort={sortOf(search)} onClose={() => setSaving(false)} onSaved={(view) => setSearch({ view: view.id })} />
        </Suspense>
      )}
    </div>
  )
}

/** What else narrows the list, outside of the filter: it counts too. */
function Others({ search }: { search: CustomersSearch }) {
  const folder = useFolders().find((f) => f.id === search.folder)
  const tags = useTags().filter((tag) => search.tag?.includes(tag.id))
  const segment = useSegments().find((s) => s.id === search.segment)
  const words = [
    folder && t('in {folder}', { folder: folder.name }), segment?.name, search.bin && t('in the bin'), search.worker === 'me' && t('mine'), search.unread && t('unread'),
    ...tags.map((tag) => tag.name), search.q && t('found by “{q}”', { q: search.q }),
  ].filter(Boolean)
  if (words.length === 0) return null
  return <p className={classes.others}>{t('Beside it, the list shows only customers: {words}.', { words: words.join(', ') })}</p>
}
