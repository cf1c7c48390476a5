import { IconUserCircle } from '@tabler/icons-react'
import { t } from '@/shared/i18n'
import { Empty, Keys } from '@/shared/ui'

export function NothingOpen() {
  return (
    <Empty icon={<IconUserCircle size={24} stroke={1.6} aria-hidden />} title={t('Choose a customer')}>
      {t('Click one in the list, or press')} <Keys keys="j" /> {t('to open the first.')}
    </Empty>
  )
}
