import { IconBuilding, IconChartCircles, IconChevronRight, IconFolders, IconForms, IconHistory, IconKey, IconLogin2, IconPalette, IconShieldLock, IconTags, IconUserCircle, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import classes from './shared/settings.module.css'

const PAGES = [
  { to: '/settings/business', label: t('Business'), icon: IconBuilding, needs: 'business.view' },
  { to: '/settings/staff', label: t('Staff'), icon: IconUsersGroup, needs: 'users.view' },
  { to: '/settings/roles', label: t('Roles and teams'), icon: IconShieldLock, needs: 'users.view' },
  { to: '/settings/folders', label: t('Folders and statuses'), icon: IconFolders, needs: 'folders.view' },
  { to: '/settings/fields', label: t('Custom fields'), icon: IconForms, needs: 'fields.view' },
  { to: '/settings/tags', label: t('Tags'), icon: IconTags, needs: 'tags.view' },
  { to: '/settings/segments', label: t('Segments'), icon: IconChartCircles, needs: 'segments.view' },
  { to: '/settings/keys', label: t('API keys'), icon: IconKey, needs: 'keys.view' },
  { to: '/settings/sign-in', label: t('Sign-in'), icon: IconLogin2, needs: 'business.edit' },
  { to: '/settings/audit', label: t('Audit log'), icon: IconHistory, needs: 'audit.view' },
] as const

const MINE = [
  { to: '/settings/profile', label: t('My account'), icon: IconUserCircle },
  { to: '/settings/appearance', label: t('Appearance'), icon: IconPalette },
] as const

function useVisible() {
  const can = useCan()
  return PAGES.filter((p) => can(p.needs))
}

export function usePageCommands() {
  const navigate = useNavigate()
  useCommands([...useVisible(), ...MINE].map(({ to, label }) => ({ id: `settings.${to}`, title: t('Settings: {page}', { page: label }), group: t('Go to'), run: () => void navigate({ to }) })))
}

/** The pages that one may see, for all and for oneself. */
export function Pages() {
  const item = ({ to, label, icon: Icon }: (typeof PAGES)[number] | (typeof MINE)[number]) => (
    <Link key={to} to={to} className={classes.item} activeProps={{ 'data-on': true }}>
      <Icon size={17} stroke={1.7} aria-hidden />
      {label}
      <IconChevronRight className={classes.go} size={17} stroke={1.8} aria-hidden />
    </Link>
  )
  return (
    <>
      {useVisible().map(item)}
      <h2>{t('Only for you')}</h2>
      {MINE.map(item)}
    </>
  )
}
