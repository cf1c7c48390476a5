import { createFileRoute, redirect } from '@tanstack/react-router'

export const Route = createFileRoute('/_app/customers/$customerId/')({
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/customers/$customerId/$section', params: { ...params, section: 'timeline' }, search: (old) => old })
  },
})
