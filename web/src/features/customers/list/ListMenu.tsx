import { Menu } from '@mantine/core'
import { IconDots, IconDownload, IconFileImport } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { API_BASE } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, MenuButton } from '@/shared/ui'
import { listQuery, type Query } from '../api/search'
import { useListSearch } from '../useWorkspace'

const size = { size: 16, stroke: 1.7, 'aria-hidden': true } as const

/** The address of the list as a CSV file, with the same filters. */
export function exportUrl(query: Query): string {
  const params = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, String(one)])))
  return `${API_BASE}/exports/customers.csv${params.size > 0 ? `?${params}` : ''}`
}

/** Lists coming in and going out. */
export function ListMenu() {
  const { search } = useListSearch()
  const navigate = useNavigate()
  const can = useCan()
  const url = exportUrl(listQuery(search))
  const mayImport = can('imports.view')
  const mayExport = can('customers.export')
  useCommands([
    ...(mayImport ? [{ id: 'imports', title: t('Import customers'), group: t('Go to'), keys: 'g i', run: () => void navigate({ to: '/imports' }) }] : []),
    ...(mayExport ? [{ id: 'list.export', title: t('Export this list as CSV'), group: t('List'), keys: 'shift+x', run: () => location.assign(url) }] : []),
  ])
  if (!mayImport && !mayExport) return null
  return (
    <MenuButton
      position="bottom-end"
      width={230}
      button={
        <IconButton small label={t('Import and export')}>
          <IconDots size={17} aria-hidden />
        </IconButton>
      }
    >
      {() => (
        <>
          {mayImport && <Menu.Item leftSection={<IconFileImport {...size} />} onClick={() => void navigate({ to: '/imports' })}>{t('Import customers…')}</Menu.Item>}
          {mayExport && <Menu.Item component="a" href={url} download leftSection={<IconDownload {...size} />}>{t('Export this list as CSV')}</Menu.Item>}
        </>
      )}
    </MenuButton>
  )
}
