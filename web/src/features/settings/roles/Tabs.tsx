import { Link } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import own from './Roles.module.css'

/** Roles and teams belong together: one says how far somebody sees, the other who is meant by "the team". */
export function Tabs() {
  return (
    <nav className={own.tabs} aria-label={t('Roles and teams')}>
      <Link to="/settings/roles" activeOptions={{ exact: true }} activeProps={{ 'data-on': true }}>{t('Roles')}</Link>
      <Link to="/settings/roles/teams" activeProps={{ 'data-on': true }}>{t('Teams')}</Link>
    </nav>
  )
}
