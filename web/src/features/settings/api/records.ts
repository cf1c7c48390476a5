import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, ask, ifMatch } from '@/shared/api'
import { vocabularyKey, type Path, type Vocabulary } from '@/shared/vocabulary'

/** Some members of a record; null is no value, or the one it came with. */
type Changed<P extends Path> = { [Member in keyof Vocabulary[P]]?: Vocabulary[P][Member] | null }

export function put<P extends Path>(client: QueryClient, path: P, record: Vocabulary[P]) {
  client.setQueryData<Vocabulary[P][]>(vocabularyKey(path), (old) => {
    if (!old) return old
    return old.some((r) => r.id === record.id) ? old.map((r) => (r.id === record.id ? record : r)) : [...old, record]
  })
}

/** Who asks shows what was refused: every form here has a place for it. */
const meta = { showsErrors: true }

export function useCreate<P extends Path>(path: P) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: Changed<P>) => (await ask(api.POST(path as '/tags', { body: body as object }))) as unknown as Vocabulary[P],
    // A new key's secret is for the one who made it, not for the list.
    onSuccess: (made) => put(client, path, path === '/keys' ? { ...made, key: undefined } : made),
    meta,
  })
}

export function useChange<P extends Path>(path: P) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ record, change }: { record: Vocabulary[P]; change: Changed<P> }) =>
      (await ask(
        api.PATCH(`${path}/{id}` as '/tags/{id}', { params: { path: { id: record.id } }, body: change as object, headers: ifMatch(record.version) }),
      )) as unknown as Vocabulary[P],
    onSuccess: (now) => put(client, path, now),
    onError: () => void client.invalidateQueries({ queryKey: vocabularyKey(path) }),
    meta,
  })
}

/** Changes several, one after the other; the first refusal ends it, and the list shows what is so. */
export function useEach<P extends Path>(path: P) {
  const change = useChange(path)
  return useMutation({
    mutationFn: async (changes: { record: Vocabulary[P]; change: Changed<P> }[]) => {
      for (const one of changes) await change.mutateAsync(one)
    },
    meta,
  })
}

export function useRemove<P extends Path>(path: P) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (record: Vocabulary[P]) => ask(api.DELETE(`${path}/{id}` as '/tags/{id}', { params: { path: { id: record.id } } })),
    onSuccess: (_, record) => {
      // Disabling a colleague is a DELETE too; whatever is left is what the server says.
      if (path !== '/users') client.setQueryData<Vocabulary[P][]>(vocabularyKey(path), (old) => old?.filter((r) => r.id !== record.id))
      void client.invalidateQueries({ queryKey: vocabularyKey(path) })
    },
    meta,
  })
}

/** Writes new places one after the other; the list shows them at once. */
export function useReorder<P extends '/folders' | '/statuses' | '/fields'>(path: P) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (places: { id: string; rank: number }[]) => {
      for (const { id, rank } of places) {
        const now = await ask(api.PATCH(`${path}/{id}` as '/folders/{id}', { params: { path: { id } }, body: { rank } }))
        put(client, path, now as unknown as Vocabulary[P])
      }
    },
    onMutate: (places) => {
      const ranks = new Map(places.map((p) => [p.id, p.rank]))
      client.setQueryData<Vocabulary[P][]>(vocabularyKey(path), (old) => old?.map((r) => (ranks.has(r.id) ? { ...r, rank: ranks.get(r.id)! } : r)))
    },
    onError: () => void client.invalidateQueries({ queryKey: vocabularyKey(path) }),
  })
}
