import { createFileRoute } from '@tanstack/react-router'
import { customerRows, listQuery, readSearch, Workspace } from '@/features/customers'

export const Route = createFileRoute('/_app/customers')({
  validateSearch: readSearch,
  loaderDeps: ({ search }) => ({ query: listQuery(search) }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(customerRows(deps.query)),
  component: Workspace,
})
