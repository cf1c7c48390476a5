import { createFileRoute } from '@tanstack/react-router'
import { Workspace } from '@/features/customers'
import { customerRows, listQuery, readSearch } from '@/features/customers/loading'

export const Route = createFileRoute('/_app/customers')({
  validateSearch: readSearch,
  loaderDeps: ({ search }) => ({ query: listQuery(search) }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(customerRows(deps.query)),
  component: Workspace,
})
