import type { CustomerRow } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { useOpen, useSearchOf, useSetSearch } from '../useWorkspace'
import { select, useSelecting } from './selection'

export function useListCommands(step: (by: 1 | -1) => void, rows: CustomerRow[]) {
  const search = useSearchOf('unread', 'worker', 'bin')
  const setSearch = useSetSearch()
  const { customerId } = useOpen()
  const selecting = useSelecting()
  const mayEdit = useCan()('customers.edit')
  const ids = () => rows.map((r) => r.id)
  const group = t('List')
  useCommands([
    { id: 'list.next', title: t('Next customer'), group, keys: 'j', hidden: true, run: () => step(1) },
    { id: 'list.previous', title: t('Previous customer'), group, keys: 'k', hidden: true, run: () => step(-1) },
    { id: 'list.search', title: t('Search customers'), group, keys: '/', run: () => document.getElementById('customer-search')?.focus() },
    { id: 'list.sort', title: t('Sort the list'), group, keys: 'shift+s', run: () => document.getElementById('list-sort')?.click() },
    { id: 'list.unread', title: search.unread ? t('Show read customers too') : t('Show unread only'), group, keys: 'shift+u', run: () => setSearch({ unread: search.unread ? undefined : true }) },
    { id: 'list.mine', title: search.worker === 'me' ? t('Show everyone’s customers') : t('Show my customers'), group, keys: 'shift+m', run: () => setSearch({ worker: search.worker === 'me' ? undefined : 'me' }) },
    ...(mayEdit
      ? [
          { id: 'list.select', title: t('Select customers'), group, keys: 'x', run: () => (customerId && rows.some((r) => r.id === customerId) ? select.toggle(customerId, ids()) : select.begin()) },
          { id: 'list.select.all', title: t('Select all customers of the list'), group, keys: 'mod+a', run: () => select.everybody(ids()) },
        ]
      : []),
    ...(selecting ? [{ id: 'list.select.none', title: t('Select nobody'), group, keys: 'Escape', run: select.clear }] : []),
    { id: 'list.bin', title: search.bin ? t('Leave the bin') : t('Open the bin'), group, keys: 'g x', run: () => setSearch({ bin: search.bin ? undefined : true, folder: undefined }) },
  ])
}
