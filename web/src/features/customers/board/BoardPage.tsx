import { useQuery } from '@tanstack/react-query'
import { IconAdjustmentsHorizontal, IconLayoutKanban, IconList } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState, type KeyboardEvent } from 'react'
import { countConditions, unpackFilter } from '@/features/finding'
import { FilterBuilder, filterParam, packFilter, tallyQuery, useFilterFields } from '@/features/finding/build'
import { useCommands } from '@/shared/commands'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, Empty, ErrorState, SelectBox, Skeleton } from '@/shared/ui'
import buttonClasses from '@/shared/ui/Button.module.css'
import { countsWithin, folderTree, statusesOf, mapById, useFields, useFolders, useStatuses } from '@/shared/vocabulary'
import classes from './Board.module.css'
import { Column } from './Column'
import { focusFrom } from './focus'
import type { BoardSearch } from './search'

/** The customers of a folder by their status: a column each, with how many they are and what a field of theirs sums up to. */
export function BoardPage() {
  const search = useSearch({ from: '/_app/board' })
  const navigate = useNavigate()
  const folders = useFolders()
  const byId = mapById(folders)
  const statuses = useStatuses()
  const counts = countsWithin(folders)
  const fields = useFilterFields()
  const [filtering, setFiltering] = useState(false)
  const folder = byId.get(search.folder ?? '') ?? folders.find((f) => statuses.some((s) => s.folder_id === f.id))
  const filter = unpackFilter(search.filter)
  const columns = folder ? statusesOf(folder.id, byId, statuses) : []
  const within = folder?.id
  const query = { within, ...filterParam(filter) }
  const money = useFields().find((f) => f.type === 'money' && (f.folder_ids.length === 0 || f.folder_ids.includes(folder?.id ?? '')))
  const sum = search.sum === 'none' ? undefined : (search.sum ?? (money && `custom.${money.key}`))
  const tally = useQuery({ ...tallyQuery('status_id', query, sum), enabled: folder !== undefined })
  const lines = new Map(tally.data?.data.map((line) => [line.value, line]))
  const shown = [...columns.map((s) => s.id), null].reduce((n, value) => n + (lines.get(value)?.count ?? 0), 0)
  const set = (change: BoardSearch, replace = false) => void navigate({ to: '/board', search: (old: BoardSearch) => ({ ...old, ...change }), replace })
  const summed = fields.filter((f) => f.shape === 'number')
  const active = countConditions(filter)
  useCommands([{ id: 'board.filter', title: t('Filter the board'), group: t('Board'), keys: 'shift+f', run: () => setFiltering(true) }])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (focusFrom(event.currentTarget, event.target, event.key)) event.preventDefault()
  }
  return (
    <main className={classes.screen}>
      <div className={classes.panel}>
        <header className={classes.head}>
          <h1>{t('Board')}</h1>
          <SelectBox label={t('Folder')} hideLabel value={folder?.id ?? ''} onChange={(e) => set({ folder: e.target.value })}>
            {folderTree(folders).map(({ folder: f, depth }) => <option key={f.id} value={f.id}>{t('{name} ({n})', { name: `${'  '.repeat(depth)}${f.name}`, n: count(counts.get(f.id) ?? 0) })}</option>)}
          </SelectBox>
          {tally.data && <span className={`${classes.total} num`}>{t('{n, plural, one {# customer} other {# customers}}', { n: shown })}{tally.data.total > shown && ` · ${t('{n} more in folders with statuses of their own', { n: count(tally.data.total - shown) })}`}</span>}
          <span className={classes.grow} />
          {summed.length > 0 && (
            <SelectBox label={t('Sum over each column')} hideLabel value={sum ?? 'none'} onChange={(e) => set({ sum: e.target.value })}>
              <option value="none">{t('No sum')}</option>
              {summed.map((f) => <option key={f.name} value={f.name}>{t('Sum of {field}', { field: f.label })}</option>)}
            </SelectBox>
          )}
          <Button compact aria-expanded={filtering} icon={<IconAdjustmentsHorizontal size={16} stroke={1.7} aria-hidden />} onClick={() => setFiltering(!filtering)}>
            {active > 0 ? t('Filter ({n})', { n: active }) : t('Filter')}
          </Button>
          <Link to="/customers" search={{ folder: folder?.id, filter: search.filter }} className={buttonClasses.button} data-compact>
            <IconList size={16} stroke={1.7} aria-hidden />
            {t('List')}
          </Link>
        </header>
        {filtering && (
          <div className={classes.filter}>
            <Suspense fallback={<Skeleton lines={1} />}>
              <FilterBuilder value={filter} onChange={(next) => set({ filter: packFilter(next) }, true)} />
            </Suspense>
          </div>
        )}
        {tally.isError && <ErrorState error={tally.error} onRetry={() => void tally.refetch()} />}
        {folder && columns.length === 0 && (
          <Empty icon={<IconLayoutKanban size={22} aria-hidden />} title={t('This folder has no statuses')} action={<Link to="/settings/folders">{t('Folders and statuses')}</Link>}>
            {t('A board has a column for each status of the folder.')}
          </Empty>
        )}
        {folder && columns.length > 0 && !tally.isError && (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from card to card
          <div className={classes.board} role="group" aria-label={t('Columns by status')} onKeyDown={onKeyDown}>
            {columns.map((status) => <Column key={status.id} status={status} columns={columns} query={query} line={lines.get(status.id)} loaded={tally.isSuccess} sum={sum} />)}
            {(lines.get(null)?.count ?? 0) > 0 && <Column status={undefined} columns={columns} query={query} line={lines.get(null)} loaded sum={sum} />}
          </div>
        )}
      </div>
    </main>
  )
}
