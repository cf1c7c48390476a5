import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { memo, Suspense, useCallback, useState } from 'react'
import { countConditions } from '@/features/finding'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { IconButton, part } from '@/shared/ui'
import { shownFilter } from '../api/search'
import { useSearchOf } from '../useWorkspace'
import classes from './FilterPanel.module.css'

const FilterPanel = part(() => import('./FilterPanel'), (m) => m.FilterPanel)
const ID = 'list-filters'

/** Opens the filter beside the list, so that the list shows at once what a condition does. */
export const FilterButton = memo(function FilterButton() {
  const search = useSearchOf('filter', 'status', 'kind', 'source', 'country', 'field')
  const [opened, setOpened] = useState(false)
  const active = countConditions(shownFilter(search))
  const close = useCallback(() => {
    setOpened(false)
    document.getElementById(ID)?.focus()
  }, [])
  useCommands([{ id: 'list.filter', title: t('Filter the list'), group: t('List'), keys: 'shift+f', run: () => setOpened(true) }])
  return (
    <>
      <IconButton
        id={ID}
        bordered
        className={classes.button}
        aria-haspopup="dialog"
        aria-expanded={opened}
        label={active > 0 ? t('{n, plural, one {Filters, # set} other {Filters, # set}}', { n: active }) : t('Filters')}
        onClick={() => setOpened(!opened)}
      >
        <IconAdjustmentsHorizontal size={18} stroke={1.7} aria-hidden />
        {active > 0 && <b aria-hidden>{active}</b>}
      </IconButton>
      {opened && (
        <Suspense>
          <FilterPanel onClose={close} />
        </Suspense>
      )}
    </>
  )
})
