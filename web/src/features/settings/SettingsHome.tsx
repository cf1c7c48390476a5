import { useMediaQuery } from '@mantine/hooks'
import { Navigate } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Pages } from './Pages'
import classes from './shared/settings.module.css'

/** On a phone the list of pages is a page of its own; elsewhere it stands beside the first of them. */
export function SettingsHome() {
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  const can = useCan()
  if (!phone) return <Navigate to={can('business.view') ? '/settings/business' : '/settings/profile'} replace />
  return (
    <nav className={classes.pages} aria-labelledby="settings-list">
      <h1 id="settings-list">{t('Settings')}</h1>
      <Pages />
    </nav>
  )
}
