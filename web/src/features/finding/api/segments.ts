import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask, askAs, ifMatch, type Expression, type Segment, type SegmentDraft } from '@/shared/api'
import { segmentsQuery } from './kept'

const meta = { showsErrors: true }

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['finding', 'segments', id],
    queryFn: () => askAs<Segment>(api.GET('/segments/{id}', { params: { path: { id } } })),
    // Large ones are worked out beside everything else: until they are, look again.
    refetchInterval: (query) => (query.state.data?.settled === false ? 1_500 : false),
  })

export const segmentPreview = (filter: Expression) =>
  queryOptions({
    queryKey: ['finding', 'segment preview', filter],
    queryFn: () => ask(api.POST('/segments/preview', { body: { filter } })),
    staleTime: 20_000,
    retry: false,
  })

export const segmentMembers = (id: string, stamp: string) =>
  infiniteQueryOptions({
    queryKey: ['finding', 'members', id, stamp],
    queryFn: ({ pageParam }) => ask(api.GET('/segments/{id}/members', { params: { path: { id }, query: { limit: '30', cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export function useCreateSegment() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SegmentDraft) => askAs<Segment>(api.POST('/segments', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: segmentsQuery.queryKey }),
    meta,
  })
}

export function useChangeSegment() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ record, change }: { record: Segment; change: SegmentDraft }) => askAs<Segment>(api.PATCH('/segments/{id}', { params: { path: { id: record.id } }, body: change, headers: ifMatch(record.version) })),
    onSuccess: (now) => {
      client.setQueryData(segmentQuery(now.id).queryKey, now)
      client.setQueryData(segmentsQuery.queryKey, (old) => old?.map((s) => (s.id === now.id ? now : s)))
      void client.invalidateQueries({ queryKey: ['finding', 'tally'] })
    },
    onError: (_error, { record }) => void client.invalidateQueries({ queryKey: segmentQuery(record.id).queryKey }),
    meta,
  })
}

export function useRemoveSegment() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (record: Segment) => ask(api.DELETE('/segments/{id}', { params: { path: { id: record.id } } })),
    onSuccess: (_nothing, record) => client.setQueryData(segmentsQuery.queryKey, (old) => old?.filter((s) => s.id !== record.id)),
    meta,
  })
}
