import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, ask, type Session } from '../api'

/** Who is signed in, for which business, and what they may do. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask<Session>(api.GET('/session'), true),
  staleTime: 5 * 60_000,
  retry: false,
})

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data
}

/** `can('customers.edit')`, asked of the signed-in person. The server has the last word. */
export function useCan(): (permission: string) => boolean {
  const permissions = useSession()?.permissions
  return (permission) => permissions?.includes(permission) ?? false
}
