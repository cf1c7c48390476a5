import { IconEye } from '@tabler/icons-react'
import { stopViewing, type Viewed } from '@/shared/api'
import { t } from '@/shared/i18n'
import classes from './Shell.module.css'

/** Says as whom one is looking, and leads back. */
export function ViewingBar({ viewed }: { viewed: Viewed }) {
  return (
    <div className={classes.viewing} role="status">
      <IconEye size={16} stroke={1.8} aria-hidden />
      <span>{t('You see Patron as {name} does. Nothing can be changed.', { name: viewed.name })}</span>
      <button type="button" onClick={stopViewing}>{t('Back to yourself')}</button>
    </div>
  )
}
