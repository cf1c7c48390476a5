import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, ask, askAs, ifMatch, type View, type ViewDraft } from '@/shared/api'
import { t } from '@/shared/i18n'
import { toast } from '@/shared/ui'
import { viewsQuery } from './kept'

const ranked = (views: View[]) => views.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))

function put(client: QueryClient, view: View) {
  client.setQueryData(viewsQuery.queryKey, (old) => old && ranked([...old.filter((v) => v.id !== view.id), view]))
}

export function useCreateView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ViewDraft) => askAs<View>(api.POST('/views', { body })),
    onSuccess: (view) => put(client, view),
    meta: { showsErrors: true },
  })
}

export function useChangeView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ view, change }: { view: View; change: ViewDraft }) => askAs<View>(api.PATCH('/views/{id}', { params: { path: { id: view.id } }, body: change, headers: ifMatch(view.version) })),
    onSuccess: (view) => put(client, view),
    onError: () => void client.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  })
}

/** Writes new places one after the other; the list shows them at once. */
export function usePlaceViews() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (places: { id: string; rank: number }[]) => {
      for (const { id, rank } of places) put(client, await askAs<View>(api.PATCH('/views/{id}', { params: { path: { id } }, body: { rank } })))
    },
    onMutate: (places) => {
      const ranks = new Map(places.map((p) => [p.id, p.rank]))
      client.setQueryData(viewsQuery.queryKey, (old) => old && ranked(old.map((v) => ({ ...v, rank: ranks.get(v.id) ?? v.rank }))))
    },
    onError: () => void client.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  })
}

export function useDeleteView() {
  const client = useQueryClient()
  const create = useCreateView()
  return useMutation({
    mutationFn: (view: View) => ask(api.DELETE('/views/{id}', { params: { path: { id: view.id } } })),
    onSuccess: (_nothing, view) => {
      client.setQueryData(viewsQuery.queryKey, (old) => old?.filter((v) => v.id !== view.id))
      const { name, filter, sort, shared, rank } = view
      toast.undo(t('The view {name} is deleted', { name }), () => create.mutate({ name, filter, sort, shared, rank }))
    },
  })
}
