import { createFileRoute, redirect } from '@tanstack/react-router'
import { Shell } from '@/app/Shell'
import { Starting } from '@/app/Starting'
import { isStatus } from '@/shared/api'
import { belongsHere, sessionQuery } from '@/shared/session'

/** Everything behind the sign-in. */
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch((error: unknown) => {
      if (isStatus(error, 401)) return undefined
      throw error
    })
    if (!session || !belongsHere(session)) throw redirect({ to: '/sign-in', search: { next: location.href } })
    if (session.second_factor_missing) throw redirect({ to: '/second-factor', search: { next: location.href } })
  },
  component: Shell,
  pendingComponent: Starting,
  pendingMs: 200,
  pendingMinMs: 0,
})
