import { t } from '@/shared/i18n'
import { Logo } from '@/shared/ui'
import classes from './Root.module.css'

/** On a slow connection, until it is known who is here. */
export function Starting() {
  return <div className={classes.alone} role="status" aria-label={t('Starting')}><Logo /></div>
}
