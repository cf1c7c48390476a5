import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useListSearch } from '../useWorkspace'

export function useListCommands(step: (by: 1 | -1) => void) {
  const { search, setSearch } = useListSearch()
  const group = t('List')
  useCommands([
    { id: 'list.next', title: t('Next customer'), group, keys: 'j', hidden: true, run: () => step(1) },
    { id: 'list.previous', title: t('Previous customer'), group, keys: 'k', hidden: true, run: () => step(-1) },
    { id: 'list.search', title: t('Search customers'), group, keys: '/', run: () => document.getElementById('customer-search')?.focus() },
    { id: 'list.unread', title: search.unread ? t('Show read customers too') : t('Show unread only'), group, keys: 'shift+u', run: () => setSearch({ unread: search.unread ? undefined : true }) },
    { id: 'list.mine', title: search.worker === 'me' ? t('Show everyone’s customers') : t('Show my customers'), group, keys: 'shift+m', run: () => setSearch({ worker: search.worker === 'me' ? undefined : 'me' }) },
    { id: 'list.bin', title: search.bin ? t('Leave the bin') : t('Open the bin'), group, keys: 'g b', run: () => setSearch({ bin: search.bin ? undefined : true, folder: undefined }) },
  ])
}
