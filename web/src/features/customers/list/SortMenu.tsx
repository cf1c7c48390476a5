import { Menu } from '@mantine/core'
import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { memo } from 'react'
import { t } from '@/shared/i18n'
import { IconButton, MenuButton } from '@/shared/ui'
import { useListSearch } from '../useWorkspace'

const SORTS = [
  { value: undefined, label: t('Latest activity') },
  { value: 'activity_at', label: t('Longest without activity') },
  { value: 'display_name', label: t('Name, A to Z') },
  { value: '-display_name', label: t('Name, Z to A') },
  { value: '-created_at', label: t('Newest first') },
  { value: 'created_at', label: t('Oldest first') },
  { value: '-customer_since', label: t('Customer since, latest first') },
  { value: '-updated_at', label: t('Last changed') },
]

export const SortMenu = memo(function SortMenu() {
  const { search, setSearch } = useListSearch()
  return (
    <MenuButton
      position="bottom-end"
      width={230}
      button={
        <IconButton bordered label={t('Sort')} aria-pressed={search.sort ? true : undefined}>
          <IconArrowsSort size={17} stroke={1.7} aria-hidden />
        </IconButton>
      }
    >
      {() => (
        <>
          {SORTS.map((s) => (
            <Menu.Item
              key={s.label}
              role="menuitemradio"
              aria-checked={s.value === search.sort}
              rightSection={s.value === search.sort ? <IconCheck size={15} aria-hidden /> : undefined}
              onClick={() => setSearch({ sort: s.value })}
            >
              {s.label}
            </Menu.Item>
          ))}
        </>
      )}
    </MenuButton>
  )
})
