import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/shared/api'
import { toast } from '@/shared/ui'

function retry(failures: number, error: unknown): boolean {
  if (error instanceof ApiError && error.status < 500 && error.status !== 429) return false
  return failures < 2
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry, refetchOnWindowFocus: false } },
  mutationCache: new MutationCache({
    // A mutation that shows its own errors says so in its meta.
    onError: (error, _variables, _result, mutation) => {
      if (!mutation.meta?.showsErrors) toast.failed(error)
    },
  }),
})
