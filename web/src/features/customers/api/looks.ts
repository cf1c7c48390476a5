import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '@/shared/api'

export const LOOKS_READ = 200

/** Who opened the profile, newest first; as far back as one page goes. */
export const customerLooks = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'looks', id],
    queryFn: () => ask(api.GET('/audit', { params: { query: { customer_id: id, kind: 'customer.opened', limit: String(LOOKS_READ) } } })),
    staleTime: 0,
    gcTime: 0,
  })
