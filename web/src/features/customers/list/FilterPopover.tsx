import { Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { filterCount } from '../api/search'
import { useWorkspace } from '../useWorkspace'
import classes from './FilterPopover.module.css'

const FilterForm = lazy(() => import('./FilterForm').then((m) => ({ default: m.FilterForm })))

export function FilterPopover() {
  const { search } = useWorkspace()
  const [opened, setOpened] = useState(false)
  const active = filterCount(search)
  useCommands([{ id: 'list.filter', title: t('Filter the list'), group: t('List'), keys: 'shift+f', run: () => setOpened(true) }])
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} trapFocus>
      <Popover.Target>
        <IconButton
          bordered
          className={classes.button}
          label={active > 0 ? t('{n, plural, one {Filters, # set} other {Filters, # set}}', { n: active }) : t('Filters')}
          onClick={() => setOpened(!opened)}
        >
          <IconAdjustmentsHorizontal size={18} stroke={1.7} aria-hidden />
          {active > 0 && <b aria-hidden>{active}</b>}
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t('Filters')}>
        <Suspense>
          <FilterForm />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
