/** What people have kept of filters: views and segments. Small, read whole; the first screen knows them. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, askAs, type List, type View, type Segment } from '@/shared/api'
import { useCan } from '@/shared/session'

const whole = { limit: '200' }

export const viewsQuery = queryOptions({
  queryKey: ['finding', 'views'],
  queryFn: async () => (await askAs<List<View>>(api.GET('/views', { params: { query: whole } }))).data.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)),
  staleTime: 10 * 60_000,
})

export const segmentsQuery = queryOptions({
  queryKey: ['finding', 'segments'],
  queryFn: async () => (await askAs<List<Segment>>(api.GET('/segments', { params: { query: whole } }))).data,
  staleTime: 60_000,
})

const none: never[] = []
export const useViews = () => useQuery({ ...viewsQuery, enabled: useCan()('views.view') }).data ?? none
export const useSegments = () => useQuery({ ...segmentsQuery, enabled: useCan()('segments.view') }).data ?? none

/** The best customers are marked wherever they stand. */
export const useVip = () => useSegments().find((s) => s.key === 'vip' && s.enabled)
