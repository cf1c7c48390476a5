import { createFileRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '@/shared/session'

export const Route = createFileRoute('/_app/settings/')({
  beforeLoad: ({ context }) => {
    const mayLook = context.queryClient.getQueryData(sessionQuery.queryKey)?.permissions.includes('business.view')
    throw redirect({ to: mayLook ? '/settings/business' : '/settings/profile' })
  },
})
