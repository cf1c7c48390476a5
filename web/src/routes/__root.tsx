import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Link, Outlet } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { Empty, ErrorState, Tips, Toasts } from '@/shared/ui'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: () => (
    <main>
      <Empty title={t('There is nothing at this address')} action={<Link to="/">{t('Go to your customers')}</Link>} />
    </main>
  ),
  errorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
})

function Root() {
  return (
    <>
      <Outlet />
      <Toasts />
      <Tips />
    </>
  )
}
