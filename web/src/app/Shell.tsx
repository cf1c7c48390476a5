import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconChartBar, IconLayoutKanban, IconMoon, IconSearch, IconSettings, IconSun, IconUsers } from '@tabler/icons-react'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { CommandCenter } from '@/features/command'
import { FindingCenter } from '@/features/finding'
import { viewedAs } from '@/shared/api'
import { runCommand, useCommandKeys, useCommands } from '@/shared/commands'
import { toggleDensity } from '@/shared/density'
import { t } from '@/shared/i18n'
import { ProofDialog } from '@/shared/proof'
import { SessionProvider } from '@/shared/session'
import { IconButton, Logo } from '@/shared/ui'
import { VocabularyProvider } from '@/shared/vocabulary'
import classes from './Shell.module.css'
import { UserMenu } from './UserMenu'
import { ViewingBar } from './ViewingBar'
import { useLiveUpdates } from './live'

/** Everything behind the sign-in: who is here and the words of the business, known to all of it. */
export function Shell() {
  return (
    <SessionProvider>
      <VocabularyProvider>
        <Frame />
      </VocabularyProvider>
    </SessionProvider>
  )
}

/** The rail at the edge and, beside it, the screen that is open. */
function Frame() {
  const { setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  const viewed = viewedAs()
  const dark = useComputedColorScheme('light') === 'dark'
  const toggleTheme = () => setColorScheme(dark ? 'light' : 'dark')
  useCommandKeys()
  useLiveUpdates()
  useCommands([
    { id: 'reports', title: t('Open the reports'), group: t('Go to'), keys: 'g c', run: () => void navigate({ to: '/reports' }) },
    { id: 'settings', title: t('Open the settings'), group: t('Go to'), keys: 'g s', run: () => void navigate({ to: '/settings' }) },
    { id: 'theme', title: dark ? t('Switch to the light theme') : t('Switch to the dark theme'), group: t('View'), keys: 'shift+d', run: toggleTheme },
    { id: 'density', title: t('Switch between dense and comfortable'), group: t('View'), keys: 'shift+c', run: toggleDensity },
  ])
  return (
    <div className={classes.shell} data-viewing={viewed ? true : undefined}>
      {viewed && <ViewingBar viewed={viewed} />}
      <nav className={classes.rail} aria-label={t('Main')}>
        <span className={classes.logo}><Logo /></span>
        <Link to="/customers" className={classes.item} activeProps={{ 'data-on': true }} aria-label={t('Customers')} title={t('Customers')}>
          <IconUsers size={20} stroke={1.7} aria-hidden />
        </Link>
        <Link to="/board" className={classes.item} activeProps={{ 'data-on': true }} preload={false} aria-label={t('Board')} title={t('Board')}>
          <IconLayoutKanban size={20} stroke={1.7} aria-hidden />
        </Link>
        <Link to="/reports" className={classes.item} activeProps={{ 'data-on': true }} preload={false} aria-label={t('Reports')} title={t('Reports')}>
          <IconChartBar size={20} stroke={1.7} aria-hidden />
        </Link>
        <IconButton className={classes.item} label={t('Search and commands')} tip="right" onClick={() => runCommand('palette')}>
          <IconSearch size={20} stroke={1.7} aria-hidden />
        </IconButton>
        <span className={classes.grow} />
        <IconButton className={classes.item} label={dark ? t('Light theme') : t('Dark theme')} tip="right" onClick={toggleTheme}>
          {dark ? <IconSun size={20} stroke={1.7} aria-hidden /> : <IconMoon size={20} stroke={1.7} aria-hidden />}
        </IconButton>
        <Link to="/settings" className={classes.item} activeProps={{ 'data-on': true }} aria-label={t('Settings')} title={t('Settings')}>
          <IconSettings size={20} stroke={1.7} aria-hidden />
        </Link>
        <UserMenu />
      </nav>
      <Outlet />
      <CommandCenter />
      <Suspense><FindingCenter /></Suspense>
      <ProofDialog />
    </div>
  )
}
