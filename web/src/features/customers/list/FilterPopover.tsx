import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, memo, Suspense } from 'react'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { IconButton, PopoverButton } from '@/shared/ui'
import { filterCount } from '../api/search'
import { useListSearch } from '../useWorkspace'
import classes from './FilterPopover.module.css'

const FilterForm = lazy(() => import('./FilterForm').then((m) => ({ default: m.FilterForm })))

export const FilterPopover = memo(function FilterPopover() {
  const { search } = useListSearch()
  const active = filterCount(search)
  useCommands([{ id: 'list.filter', title: t('Filter the list'), group: t('List'), keys: 'shift+f', run: () => document.getElementById('list-filters')?.click() }])
  return (
    <PopoverButton
      label={t('Filters')}
      className={classes.dropdown}
      position="bottom-end"
      width={340}
      button={
        <IconButton
          id="list-filters"
          bordered
          className={classes.button}
          label={active > 0 ? t('{n, plural, one {Filters, # set} other {Filters, # set}}', { n: active }) : t('Filters')}
        >
          <IconAdjustmentsHorizontal size={18} stroke={1.7} aria-hidden />
          {active > 0 && <b aria-hidden>{active}</b>}
        </IconButton>
      }
    >
      {() => (
        <Suspense>
          <FilterForm />
        </Suspense>
      )}
    </PopoverButton>
  )
})
