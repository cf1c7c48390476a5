import type { Segment } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { StatusDot, type MenuParts } from '@/shared/ui'

/** The segments in the menu of the list's title, with how many are in each. */
export function segmentItems(Menu: MenuParts, segments: Segment[], current: Segment | undefined, onOpen: (segment: Segment) => void) {
  if (segments.length === 0) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('Segments')}</Menu.Label>
      {segments.map((segment) => (
        <Menu.Item key={segment.id} leftSection={<StatusDot tone={segment.tone} />} rightSection={<span className="num">{segment.settled ? count(segment.customers) : '…'}</span>} data-on={segment === current || undefined} onClick={() => onOpen(segment)}>
          {segment.name}
        </Menu.Item>
      ))}
    </>
  )
}
