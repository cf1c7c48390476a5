import { IconSearch, IconTrash, IconUsersPlus } from '@tabler/icons-react'
import { runCommand } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan, useSession } from '@/shared/session'
import { Button, Empty } from '@/shared/ui'
import { everything, listQuery } from '../api/search'
import { useListSearch } from '../useWorkspace'

/** An empty list says why it is empty and the one next step. */
export function ListEmpty() {
  const { search, setSearch } = useListSearch()
  const can = useCan()
  const sight = useSession()?.role.visibility
  const mayImport = can('imports.create')
  if (search.bin) {
    return <Empty icon={<IconTrash size={22} aria-hidden />} title={t('The bin is empty')}>{t('What you delete waits here for 30 days.')}</Empty>
  }
  const filtered = Object.keys(listQuery({ ...search, sort: undefined })).length > 0
  const narrowed = Object.keys(listQuery({ ...search, sort: undefined, q: undefined })).length > 0
  if (filtered) {
    return (
      <Empty icon={<IconSearch size={22} aria-hidden />} title={t('Nobody fits')} action={<Button onClick={() => setSearch(everything)}>{t('Show all customers')}</Button>}>
        {!search.q ? t('No customer fits these filters.') : narrowed ? t('No customer matches “{q}” with these filters.', { q: search.q }) : t('No customer matches “{q}”. Try fewer words, a part of the name, or a phone number.', { q: search.q })}
      </Empty>
    )
  }
  const byHand = can('customers.create') && <Button tone={mayImport ? 'quiet' : 'brand'} onClick={() => runCommand('customer.new')}>{t('Add the first one by hand')}</Button>
  if (sight && sight !== 'all') {
    return (
      <Empty icon={<IconUsersPlus size={22} aria-hidden />} title={t('Nobody is here for you yet')} action={byHand}>
        {sight === 'own' ? t('You see the customers that you are responsible for or assigned to.') : sight === 'team' ? t('You see the customers that you or your team look after.') : t('You see the customers of folders that are opened to you.')}
      </Empty>
    )
  }
  return (
    <Empty
      icon={<IconUsersPlus size={22} aria-hidden />}
      title={t('No customers yet')}
      action={
        <>
          {mayImport && <Button tone="brand" onClick={() => runCommand('imports')}>{t('Import your customers')}</Button>}
          {byHand}
        </>
      }
    >
      {t('Bring your list as a CSV file from whatever you use now, and see it here in a minute.')}
    </Empty>
  )
}
