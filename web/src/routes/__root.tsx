import type { QueryClient } from '@tanstack/react-query'
import { IconMapOff } from '@tabler/icons-react'
import { createRootRouteWithContext, Link, Outlet, useRouter } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { Offline } from '@/app/Offline'
import { Empty, ErrorState, Tips, Toasts } from '@/shared/ui'
import classes from '@/app/Root.module.css'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: () => (
    <main className={classes.alone}>
      <Empty icon={<IconMapOff size={22} aria-hidden />} page title={t('There is nothing at this address')} action={<Link to="/">{t('Go to your customers')}</Link>}>
        {t('The link may be old, or a letter is missing.')}
      </Empty>
    </main>
  ),
  errorComponent: ({ error }) => <Failed error={error} />,

})

function Failed({ error }: { error: unknown }) {
  const router = useRouter()
  return <main className={classes.alone}><ErrorState error={error} onRetry={() => void router.invalidate()} /></main>
}

function Root() {
  return (
    <>
      <Outlet />
      <Toasts />
      <Offline />
      <Tips />
    </>
  )
}
