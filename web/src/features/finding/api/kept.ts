/** What people have kept of filters: views. Few, read whole; the first screen knows them. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, askAs, type List, type View } from '@/shared/api'
import { useCan } from '@/shared/session'

const whole = { limit: '200' }

export const viewsQuery = queryOptions({
  queryKey: ['finding', 'views'],
  queryFn: async () => (await askAs<List<View>>(api.GET('/views', { params: { query: whole } }))).data.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)),
  staleTime: 10 * 60_000,
})

const none: never[] = []
export const useViews = () => useQuery({ ...viewsQuery, enabled: useCan()('views.view') }).data ?? none
