import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet, useRouter } from '@tanstack/react-router'
import { NotFound } from '@/app/NotFound'
import { Offline } from '@/app/Offline'
import { Renewed, useRenewed } from '@/app/Renewed'
import { ErrorState, Tips, Toasts } from '@/shared/ui'
import classes from '@/app/Root.module.css'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: () => (
    <main className={classes.alone}>
      <NotFound page />
    </main>
  ),
  errorComponent: ({ error }) => <Failed error={error} />,

})

function Failed({ error }: { error: unknown }) {
  const router = useRouter()
  if (useRenewed()) return <main className={classes.alone}><Renewed /></main>
  return <main className={classes.alone}><ErrorState error={error} onRetry={() => void router.invalidate()} /></main>
}

function Root() {
  return (
    <>
      <Outlet />
      <Toasts />
      <Offline />
      <Renewed />
      <Tips />
    </>
  )
}
