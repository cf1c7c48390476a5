import { IconUserCircle } from '@tabler/icons-react'
import { t } from '@/shared/i18n'
import { Empty, Keys } from '@/shared/ui'
import classes from './NothingOpen.module.css'

const WAYS = [
  { keys: 'j', does: t('Open the first, then the next') },
  { keys: '/', does: t('Search customers') },
  { keys: 'n', does: t('New customer') },
  { keys: 'mod+k', does: t('Everything else') },
  { keys: '?', does: t('All keys') },
]

export function NothingOpen() {
  return (
    <div>
      <Empty icon={<IconUserCircle size={24} stroke={1.6} aria-hidden />} title={t('Choose a customer')}>
        {t('Click one in the list, or use the keys.')}
      </Empty>
      <dl className={classes.ways}>
        {WAYS.map((way) => (
          <div key={way.keys}>
            <dt>{way.does}</dt>
            <dd><Keys keys={way.keys} /></dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
