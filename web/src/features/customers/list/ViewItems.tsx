import { IconAlertTriangle, IconBookmark, IconSettings } from '@tabler/icons-react'
import type { View } from '@/shared/api'
import { runCommand } from '@/shared/commands'
import { t } from '@/shared/i18n'
import type { MenuParts } from '@/shared/ui'

const size = { size: 16, stroke: 1.8, 'aria-hidden': true } as const

/** The saved views in the menu of the list's title. */
export function viewItems(Menu: MenuParts, views: View[], current: View | undefined, onOpen: (view: View) => void) {
  if (views.length === 0) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('Views')}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          leftSection={<IconBookmark {...size} />}
          rightSection={view.broken ? <IconAlertTriangle size={15} aria-label={t('does not work any more')} /> : undefined}
          data-on={view === current || undefined}
          onClick={() => onOpen(view)}
        >
          {view.name}
        </Menu.Item>
      ))}
      <Menu.Item leftSection={<IconSettings {...size} />} onClick={() => runCommand('views.manage')}>{t('Manage the views…')}</Menu.Item>
    </>
  )
}
