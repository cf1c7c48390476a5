import { queryOptions } from '@tanstack/react-query'
import { api, askAs, type CustomerViewer } from '@/shared/api'

/** Asked anew each time: roles, teams, folders and workers all have a say in it. */
export const customerViewers = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'viewers', id],
    queryFn: async () => (await askAs<{ data: CustomerViewer[] }>(api.GET('/customers/{id}/viewers' as '/customers/{id}/presence', { params: { path: { id } } }))).data,
    staleTime: 0,
  })
