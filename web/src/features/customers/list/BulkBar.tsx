import { IconDots, IconFolderSymlink, IconTag, IconTrash, IconTrashOff, IconUserPlus, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ACTIONS, BulkDialog, type ActionKind } from '@/features/finding/bulk'
import type { BulkFilter, CustomerRow } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, MenuButton } from '@/shared/ui'
import { readRows } from '../api/queries'
import { listQuery, wholeFilter, type CustomersSearch } from '../api/search'
import { useListSearch } from '../useWorkspace'
import classes from './BulkBar.module.css'
import { select, useSelection } from './selection'

const MOST_IDS = 10_000
const A_READ = 200
const MORE: ActionKind[] = ['remove_tags', 'set_status', 'set_field', 'unassign', 'export']
const size = { size: 17, stroke: 1.7, 'aria-hidden': true } as const

/** Everybody of a list that no expression can say: unread ones, those in the bin. */
async function idsOf(search: CustomersSearch): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await readRows({ ...listQuery(search), limit: String(A_READ), cursor })
    ids.push(...page.data.map((r) => r.id))
    cursor = page.next ?? undefined
  } while (cursor && ids.length < MOST_IDS)
  return ids.slice(0, MOST_IDS)
}

interface Ordered {
  kind: ActionKind
  filter: BulkFilter
  total: number
}

interface Props {
  rows: CustomerRow[]
  total: number
  /** The folder onto which the selected ones were dragged. */
  dropped: string | undefined
  onDropped: (folder: string | undefined) => void
}

/** What can be done with the selected customers. */
export function BulkBar({ rows, total, dropped, onDropped }: Props) {
  const { search } = useListSearch()
  const selection = useSelection()
  const can = useCan()
  const [ordered, setOrdered] = useState<Ordered>()
  const order = useMutation({
    mutationFn: async (kind: ActionKind): Promise<Ordered> => {
      if (selection.all && !search.bin && !search.unread) return { kind, filter: wholeFilter(search) ?? { all: [] }, total }
      const ids = selection.all ? await idsOf(search) : [...selection.ids]
      return { kind, filter: { ids }, total: ids.length }
    },
    onSuccess: setOrdered,
  })
  const { mutate } = order
  useEffect(() => {
    if (dropped) mutate('move_to')
  }, [dropped, mutate])
  const close = () => {
    setOrdered(undefined)
    onDropped(undefined)
  }
  const n = selection.all ? total : selection.ids.size
  const none = n === 0 || order.isPending
  const may = (kind: ActionKind) => can(ACTIONS[kind].needs)
  const button = (kind: ActionKind, Icon: typeof IconTag, label: string) =>
    may(kind) && (
      <button type="button" className={classes.act} disabled={none} onClick={() => order.mutate(kind)}>
        <Icon {...size} />
        {label}
      </button>
    )
  return (
    <section className={classes.bar} aria-label={t('Selected customers')}>
      <p className={classes.said} role="status">
        <b>{t('{n, plural, =0 {Nobody selected} other {# selected}}', { n })}</b>
        {!selection.all && total > selection.ids.size && <button type="button" onClick={() => select.everybody(rows.map((r) => r.id))}>{t('Select all {n}', { n: count(total) })}</button>}
        {selection.all && <button type="button" onClick={() => select.some([])}>{t('Nobody')}</button>}
        <IconButton small label={t('Stop selecting')} tip="top" onClick={select.clear}><IconX size={16} aria-hidden /></IconButton>
      </p>
      <div className={classes.acts}>
        {search.bin ? (
          button('restore', IconTrashOff, t('Bring back'))
        ) : (
          <>
            {button('add_tags', IconTag, t('Tag'))}
            {button('move_to', IconFolderSymlink, t('Move'))}
            {button('assign', IconUserPlus, t('Assign'))}
            <MenuButton position="top-end" width={230} button={<IconButton bordered label={t('More to do with them')} tip="top" disabled={none} className={classes.more}><IconDots size={17} aria-hidden /></IconButton>}>
              {(Menu) => (
                <>
                  {MORE.filter(may).map((kind) => <Menu.Item key={kind} onClick={() => order.mutate(kind)}>{ACTIONS[kind].title}…</Menu.Item>)}
                  {may('delete') && <Menu.Divider />}
                  {may('delete') && <Menu.Item data-danger leftSection={<IconTrash size={16} aria-hidden />} onClick={() => order.mutate('delete')}>{ACTIONS.delete.title}…</Menu.Item>}
                </>
              )}
            </MenuButton>
          </>
        )}
      </div>
      {ordered && <BulkDialog {...ordered} begin={dropped ? { folder: dropped } : undefined} onClose={close} onStarted={select.clear} />}
    </section>
  )
}
