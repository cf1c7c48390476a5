import { IconChevronLeft } from '@tabler/icons-react'
import { Link, Outlet, useMatch } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { Pages, usePageCommands } from './Pages'
import classes from './shared/settings.module.css'
import { useFocusAlong } from './useFocusAlong'

/** The pages and the one that is open; on a phone the open one alone, with the way back to the list. */
export function SettingsLayout() {
  const listed = useMatch({ from: '/_app/settings/', shouldThrow: false }) !== undefined
  const content = useFocusAlong(listed)
  usePageCommands()
  return (
    <div className={classes.settings}>
      <nav className={classes.menu} aria-label={t('Settings')}>
        <h1>{t('Settings')}</h1>
        <Pages />
      </nav>
      <main ref={content} tabIndex={-1} className={classes.content}>
        {!listed && (
          <h1 className={classes.up}>
            <Link to="/settings">
              <IconChevronLeft size={20} stroke={1.9} aria-hidden />
              {t('Settings')}
            </Link>
          </h1>
        )}
        <Outlet />
      </main>
    </div>
  )
}
