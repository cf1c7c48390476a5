import { createFileRoute, redirect } from '@tanstack/react-router'
import { SignIn } from '@/features/entry'
import { belongsHere, sessionQuery } from '@/shared/session'

export const Route = createFileRoute('/sign-in')({
  validateSearch: (raw: Record<string, unknown>): { next?: string } => (typeof raw.next === 'string' ? { next: raw.next } : {}),
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => undefined)
    if (session && belongsHere(session)) throw redirect({ to: '/customers' })
  },
  component: Page,
})

function Page() {
  return <SignIn next={Route.useSearch().next} />
}
