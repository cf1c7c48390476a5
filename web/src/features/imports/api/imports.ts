import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, API_BASE, ApiError, ask, askAs, ifMatch, randomKey, type Import, type ImportRow, type List, type Problem } from '@/shared/api'

const POLL_MS = 600
const ROWS_A_PAGE = 50

export type ImportKind = Import['kind']

const listKey = ['imports', 'list'] as const

export const importsQuery = (kind: ImportKind) =>
  queryOptions({
    queryKey: [...listKey, kind],
    queryFn: () => askAs<List<Import>>(api.GET('/imports', { params: { query: { kind, limit: '50' } } })),
    staleTime: 0,
  })

export const importOne = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: () => askAs<Import>(api.GET('/imports/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.job ? POLL_MS : false),
    staleTime: 0,
  })

export const importTargets = (kind: ImportKind) =>
  queryOptions({
    queryKey: ['imports', 'targets', kind],
    queryFn: async () => (await ask(api.GET('/imports/targets', { params: { query: { kind } } }))).data,
    staleTime: 60_000,
  })

/** The rows of one outcome. `stamp` changes when there is something else to read: another try, another run. */
export const importRows = (id: string, outcome: ImportRow['outcome'], stamp: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'rows', id, outcome, stamp],
    queryFn: ({ pageParam }) => askAs<List<ImportRow>>(api.GET('/imports/{id}/rows', { params: { path: { id }, query: { outcome, limit: String(ROWS_A_PAGE), cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const failedFileUrl = (id: string) => `${API_BASE}/imports/${id}/failed.csv`

type Change = Partial<Pick<Import, 'match_on' | 'policy' | 'folder_id' | 'tag_ids' | 'sample'>> & { mapping?: Record<string, string | null> }

export function useChangeImport(id: string) {
  const client = useQueryClient()
  const { queryKey } = importOne(id)
  return useMutation({
    scope: { id },
    mutationFn: (change: Change) => askAs<Import>(api.PATCH('/imports/{id}', { params: { path: { id } }, body: change as Partial<Import> })),
    onMutate: (change) => {
      client.setQueryData<Import>(queryKey, (old) => {
        if (!old) return old
        const mapping = Object.fromEntries(Object.entries(change.mapping ?? {}).map(([column, field]) => [column, field ?? '-']))
        return { ...old, ...change, mapping: { ...old.mapping, ...mapping } }
      })
    },
    onSuccess: (now) => client.setQueryData(queryKey, now),
    onError: () => void client.invalidateQueries({ queryKey }),
    meta: { showsErrors: true },
  })
}

export function useImportStep(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ step, version }: { step: 'preview' | 'run' | 'stop' | 'undo'; version?: number }) =>
      askAs<Import>(api.POST(`/imports/{id}/${step}`, { params: { path: { id } }, headers: step === 'stop' ? {} : ifMatch(version) })),
    onSuccess: (now) => {
      client.setQueryData(importOne(id).queryKey, now)
      void client.invalidateQueries({ queryKey: listKey })
    },
    meta: { showsErrors: true },
  })
}

/** fetch() does not say how far an upload is; XMLHttpRequest does. */
export function uploadImport(file: File, kind: ImportKind, onProgress: (share: number) => void): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${API_BASE}/imports?kind=${kind}&filename=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('Content-Type', 'text/csv')
    request.setRequestHeader('Idempotency-Key', randomKey())
    request.responseType = 'json'
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total))
    request.addEventListener('error', () => reject(new Error('The connection broke off while the file was sent')))
    request.addEventListener('load', () => {
      const answer = request.response as Import & Problem
      if (request.status < 300) return resolve(answer)
      reject(new ApiError(answer?.title ? answer : { type: '', title: `The server answered ${request.status}`, status: request.status, code: 'unknown', detail: '' }))
    })
    request.send(file)
  })
}
