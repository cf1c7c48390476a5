import { createFileRoute, redirect } from '@tanstack/react-router'
import { Profile, type Section } from '@/features/customers'
import { prefetchCustomer, SECTIONS } from '@/features/customers/loading'

export const Route = createFileRoute('/_app/customers/$customerId/$section')({
  beforeLoad: ({ params }) => {
    if (SECTIONS.some((s) => s.id === params.section)) return
    throw redirect({ to: '/customers/$customerId/$section', params: { ...params, section: 'timeline' }, search: (old) => old })
  },
  loader: ({ context, params }) => prefetchCustomer(context.queryClient, params.customerId),
  component: CustomerPage,
})

function CustomerPage() {
  const { customerId, section } = Route.useParams()
  return <Profile id={customerId} section={section as Section} />
}
