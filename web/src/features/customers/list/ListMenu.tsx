import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import { API_BASE, proveFirst } from '@/shared/api'
import { runCommand, useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, MenuButton, toast } from '@/shared/ui'
import { listQuery, type Query } from '../api/search'
import { useListSearch } from '../useWorkspace'
import { select } from './selection'

/** The address of the list as a CSV file, with the same filters. */
export function exportUrl(query: Query): string {
  const params = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, String(one)])))
  return `${API_BASE}/exports/customers.csv${params.size > 0 ? `?${params}` : ''}`
}

/** The server asks who it is before it gives away more. */
const MOST_WITHOUT_PROOF = 1000

/** What else can be done with the list: other ways to see it, many at once, in and out. */
export const ListMenu = memo(function ListMenu({ total }: { total: number | undefined }) {
  const { search } = useListSearch()
  const navigate = useNavigate()
  const can = useCan()
  const url = exportUrl(listQuery(search))
  const toBoard = () => void navigate({ to: '/board', search: { folder: search.folder, filter: search.filter } })
  const mayImport = can('imports.view')
  const mayExport = can('customers.export')
  const take = () => {
    const first = total === undefined || total > MOST_WITHOUT_PROOF ? proveFirst() : Promise.resolve(true)
    first.then((proven) => proven && location.assign(url), toast.failed)
  }
  useCommands([
    { id: 'board', title: t('See the list as a board'), group: t('Go to'), keys: 'g b', run: toBoard },
    ...(mayImport ? [{ id: 'imports', title: t('Import customers'), group: t('Go to'), keys: 'g i', run: () => void navigate({ to: '/imports' }) }] : []),
    ...(mayExport ? [{ id: 'list.export', title: t('Export this list as CSV'), group: t('List'), keys: 'shift+x', run: take }] : []),
  ])
  const mayEdit = can('customers.edit')
  return (
    <MenuButton
      position="bottom-end"
      width={230}
      button={
        <IconButton small label={t('More for this list')}>
          <IconDots size={17} aria-hidden />
        </IconButton>
      }
    >
      {(Menu) => (
        <>
          <Menu.Item onClick={() => runCommand('board')}>{t('See it as a board')}</Menu.Item>
          {mayEdit && <Menu.Item onClick={select.begin}>{t('Select customers')}</Menu.Item>}
          {can('jobs.view') && <Menu.Item onClick={() => runCommand('jobs')}>{t('Bulk changes…')}</Menu.Item>}
          {(mayImport || mayExport) && <Menu.Divider />}
          {mayImport && <Menu.Item onClick={() => void navigate({ to: '/imports' })}>{t('Import customers…')}</Menu.Item>}
          {mayExport && <Menu.Item onClick={take}>{t('Export this list as CSV')}</Menu.Item>}
        </>
      )}
    </MenuButton>
  )
})
