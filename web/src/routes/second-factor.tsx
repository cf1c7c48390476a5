import { createFileRoute, redirect } from '@tanstack/react-router'
import { SecondFactorFirst } from '@/features/entry'
import { sessionQuery } from '@/shared/session'

/** Where people land whose role asks for a second factor that they do not have yet. */
export const Route = createFileRoute('/second-factor')({
  validateSearch: (raw: Record<string, unknown>): { next?: string } => (typeof raw.next === 'string' ? { next: raw.next } : {}),
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => undefined)
    if (!session) throw redirect({ to: '/sign-in' })
    if (!session.second_factor_missing) throw redirect({ to: '/customers' })
  },
  component: Page,
})

function Page() {
  return <SecondFactorFirst next={Route.useSearch().next} />
}
