import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, API_BASE, ask, askAs, bulkBody, type BulkOrder, type Job, type List, type Outcome } from '@/shared/api'
import { refreshVocabulary } from '@/shared/vocabulary'
import { watch } from '../bulk/watched'

const POLL_MS = 800
const PAGES_READ_AGAIN = 3

export const atWork = (job: Job | undefined) => job?.state === 'queued' || job?.state === 'running'

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['finding', 'job', id],
    queryFn: () => askAs<Job>(api.GET('/jobs/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (atWork(query.state.data) ? POLL_MS : false),
    staleTime: 0,
  })

export const jobsQuery = queryOptions({
  queryKey: ['finding', 'jobs'],
  queryFn: async () => (await askAs<List<Job>>(api.GET('/jobs', { params: { query: { mine: 'true', limit: '30' } } }))).data,
  staleTime: 0,
})

export const jobRows = (id: string, outcome: Outcome) =>
  infiniteQueryOptions({
    queryKey: ['finding', 'job rows', id, outcome],
    queryFn: ({ pageParam }) => ask(api.GET('/jobs/{id}/rows', { params: { path: { id }, query: { outcome, limit: '50', cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  })

export const previewQuery = (order: BulkOrder | undefined) =>
  queryOptions({
    queryKey: ['finding', 'preview', order],
    queryFn: () => ask(api.POST('/bulk/preview', { body: bulkBody(order!) })),
    enabled: order !== undefined,
    staleTime: 10_000,
    retry: false,
  })

export const jobFile = (id: string) => `${API_BASE}/jobs/${id}/file`

export function useStartJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (order: BulkOrder) => askAs<Job>(api.POST('/bulk', { body: bulkBody(order) })),
    onSuccess: (job) => {
      client.setQueryData(jobQuery(job.id).queryKey, job)
      watch(job.id)
    },
    meta: { showsErrors: true },
  })
}

export function useJobStep(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (step: 'stop' | 'undo') => askAs<Job>(api.POST(`/jobs/{id}/${step}`, { params: { path: { id } } })),
    onSuccess: (job) => {
      client.setQueryData(jobQuery(id).queryKey, job)
      void client.invalidateQueries({ queryKey: jobsQuery.queryKey })
      watch(id)
    },
  })
}

/** What a job that has ended may have changed is read again. */
export function refreshAfterJob(client: QueryClient) {
  // A list that was scrolled far is not read again page by page: its rows come with the live stream.
  void client.invalidateQueries({ queryKey: ['customers'], predicate: ({ state }) => ((state.data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0) <= PAGES_READ_AGAIN })
  void client.invalidateQueries({ queryKey: ['finding', 'tally'] })
  void client.invalidateQueries({ queryKey: ['finding', 'segments'] })
  void client.invalidateQueries({ queryKey: jobsQuery.queryKey })
  for (const kind of ['folder', 'tag']) refreshVocabulary(client, kind)
}
