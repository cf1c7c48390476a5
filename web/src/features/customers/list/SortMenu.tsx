import { IconArrowsSort } from '@tabler/icons-react'
import { memo } from 'react'
import { t } from '@/shared/i18n'
import { IconButton, MenuButton, type MenuParts } from '@/shared/ui'
import { useFields } from '@/shared/vocabulary'
import { UNREAD_FIRST } from '../api/search'
import { useSearchOf, useSetSearch } from '../useWorkspace'

/** Each way to sort: by what, and how its two directions read, the usual one first. */
const SORTS = [
  { by: 'activity_at', label: t('Latest activity'), ways: [['-activity_at', t('Latest activity first')], ['activity_at', t('Longest without activity first')]] },
  { by: 'display_name', label: t('Name'), ways: [['display_name', t('A to Z')], ['-display_name', t('Z to A')]] },
  { by: 'created_at', label: t('Date added'), ways: [['-created_at', t('Newest first')], ['created_at', t('Oldest first')]] },
  { by: 'customer_since', label: t('Customer since'), ways: [['-customer_since', t('Latest first')], ['customer_since', t('Longest first')]] },
  { by: 'updated_at', label: t('Last changed'), ways: [['-updated_at', t('Latest first')], ['updated_at', t('Longest ago first')]] },
] as const

const UNSORTED = new Set(['file', 'customer', 'user', 'checkbox', 'long_text', 'choices'])
const USUAL = '-activity_at'

export const SortMenu = memo(function SortMenu() {
  const search = useSearchOf('sort')
  const setSearch = useSetSearch()
  const own = useFields().filter((f) => !UNSORTED.has(f.type))
  const sort = search.sort ?? USUAL
  const by = sort.replace(/^-/, '')
  const offers = [...SORTS, ...own.map((f) => ({ by: `custom.${f.key}`, label: f.label, ways: [[`-custom.${f.key}`, t('Highest first')], [`custom.${f.key}`, t('Lowest first')]] as const }))]
  const current = offers.find((o) => o.by === by)
  const shown = sort === UNREAD_FIRST ? t('Unread first') : current?.label
  const set = (value: string) => setSearch({ sort: value === USUAL ? undefined : value })
  const item = (Menu: MenuParts, value: string, label: string, on: boolean) => (
    <Menu.RadioItem key={value + label} value={value} checked={on} onChange={set}>{label}</Menu.RadioItem>
  )
  return (
    <MenuButton
      position="bottom-end"
      width={250}
      dropdown={{ mah: '70dvh', style: { overflowY: 'auto' } }}
      button={
        <IconButton id="list-sort" bordered label={search.sort && shown ? t('Sort: {field}', { field: shown }) : t('Sort')} aria-pressed={search.sort ? true : undefined}>
          <IconArrowsSort size={17} stroke={1.7} aria-hidden />
        </IconButton>
      }
    >
      {(Menu) => (
        <>
          {item(Menu, UNREAD_FIRST, t('Unread first'), sort === UNREAD_FIRST)}
          {offers.map((o) => item(Menu, o.ways[0][0], o.label, o.by === by))}
          <Menu.Divider />
          {current?.ways.map(([value, label]) => item(Menu, value, label, value === sort))}
        </>
      )}
    </MenuButton>
  )
})
