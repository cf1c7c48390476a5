import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, ask, askAs, customerBody, ifMatch, viewedAs, type Customer, type CustomerInput, type Note, type NoteInput, type Relation, type RelationKind, type Tag } from '@/shared/api'
import { t } from '@/shared/i18n'
import { foldersQuery, tagsQuery } from '@/shared/vocabulary'
import { toast } from '@/shared/ui'
import { patchNote } from './events'
import { customerOne, customerSummary, notesOf, readRows, refreshTimelines, relationsOf } from './queries'
import { findRow, patchRows, prependRow, rowsKey, type RowPages } from './rows'

export function useCreateCustomer() {
  const client = useQueryClient()
  return useMutation({
    meta: { showsErrors: true },
    mutationFn: (body: CustomerInput) => askAs<Customer>(api.POST('/customers', { body: customerBody(body) })),
    onSuccess: (customer) => showNew(client, customer),
  })
}

async function showNew(client: QueryClient, customer: Customer) {
  client.setQueryData(customerOne(customer.id).queryKey, customer)
  const rows = await readRows({ ids: customer.id })
  const row = rows.data[0]
  if (row) client.setQueriesData<RowPages>({ queryKey: rowsKey, type: 'active' }, (pages) => pages && prependRow(pages, row))
  void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
}

export function useRestoreCustomer() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => askAs<Customer>(api.POST('/customers/{id}/restoration', { params: { path: { id } } })),
    onSuccess: (customer) => {
      client.setQueryData(customerOne(customer.id).queryKey, customer)
      void client.resetQueries({ queryKey: rowsKey })
      void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
    },
  })
}

export function useDeleteCustomer() {
  const client = useQueryClient()
  const restore = useRestoreCustomer()
  return useMutation({
    mutationFn: (customer: Customer) => ask(api.DELETE('/customers/{id}', { params: { path: { id: customer.id } }, headers: ifMatch(customer.version) })),
    onSuccess: (_nothing, customer) => {
      patchRows(client, [], [customer.id])
      client.removeQueries({ queryKey: customerOne(customer.id).queryKey })
      void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
      toast.undo(t('{name} is in the bin', { name: customer.display_name }), () => restore.mutate(customer.id))
    },
  })
}

/** Takes back what one changed, as a line of the feed tells it; refused when it has changed again since. */
export function useUndoChange(customerId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (position: number) => askAs<Customer>(api.POST('/customers/{id}/undo', { params: { path: { id: customerId } }, body: { position } })),
    onSuccess: (customer) => {
      client.setQueryData(customerOne(customer.id).queryKey, customer)
      void refreshTimelines(client, customer.id)
      void client.invalidateQueries({ queryKey: rowsKey })
      void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
      toast.show(t('Taken back'))
    },
  })
}

/** Says that nothing on this customer is new to me any more. */
export async function markSeen(client: QueryClient, id: string) {
  if (!findRow(client, id)?.unread || viewedAs()) return
  patchRows(client, [{ id, unread: 0 }])
  await ask(api.POST('/customers/{id}/seen', { params: { path: { id } } }))
  void client.invalidateQueries({ queryKey: ['customers', 'count'] })
}

/* Notes */

function useNoteEffects(customerId: string) {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: notesOf(customerId).queryKey })
    void client.invalidateQueries({ queryKey: customerSummary(customerId).queryKey })
    void refreshTimelines(client, customerId)
  }
}

export function useWriteNote(customerId: string) {
  const refresh = useNoteEffects(customerId)
  return useMutation({
    meta: { showsErrors: true },
    mutationFn: (note: NoteInput) => ask<Note>(api.POST('/notes', { body: { ...note, customer_id: customerId } })),
    onSuccess: refresh,
  })
}

export function useEditNote(customerId: string) {
  const client = useQueryClient()
  const refresh = useNoteEffects(customerId)
  return useMutation({
    scope: { id: `notes ${customerId}` },
    mutationFn: ({ note, patch }: { note: Note; patch: NoteInput }) =>
      ask<Note>(api.PATCH('/notes/{id}', { params: { path: { id: note.id } }, body: patch, headers: patch.after === undefined ? ifMatch(note.version) : {} })),
    onSuccess: (note) => {
      client.setQueryData(notesOf(customerId).queryKey, (list) => list?.map((n) => (n.id === note.id ? note : n)))
      patchNote(client, customerId, note.id, note)
    },
    onSettled: refresh,
  })
}

export function useDeleteNote(customerId: string) {
  const client = useQueryClient()
  const refresh = useNoteEffects(customerId)
  const restore = useMutation({
    mutationFn: (id: string) => ask(api.POST('/notes/{id}/restoration', { params: { path: { id } } })),
    onSuccess: refresh,
  })
  return useMutation({
    mutationFn: (note: Note) => ask(api.DELETE('/notes/{id}', { params: { path: { id: note.id } }, headers: ifMatch(note.version) })),
    onSuccess: (_nothing, note) => {
      client.setQueryData(notesOf(customerId).queryKey, (list) => list?.filter((n) => n.id !== note.id))
      patchNote(client, customerId, note.id, undefined)
      refresh()
      toast.undo(t('Note deleted'), () => restore.mutate(note.id))
    },
  })
}

/* Relations */

interface NewRelation {
  from_id: string
  to_id: string
  kind: RelationKind
}

export function useRelate(customerId: string) {
  const client = useQueryClient()
  return useMutation({
    meta: { showsErrors: true },
    mutationFn: (body: NewRelation) => ask<Relation>(api.POST('/relations', { body })),
    onSuccess: () => refreshRelations(client, customerId),
  })
}

export function useUnrelate(customerId: string) {
  const client = useQueryClient()
  const relate = useRelate(customerId)
  return useMutation({
    mutationFn: (relation: Relation) => ask(api.DELETE('/relations/{id}', { params: { path: { id: relation.id } } })),
    onSuccess: (_nothing, relation) => {
      refreshRelations(client, customerId)
      const { from_id, to_id, kind } = relation
      toast.undo(t('{name} is no longer linked', { name: relation.other.display_name }), () => relate.mutate({ from_id, to_id, kind }))
    },
  })
}

function refreshRelations(client: QueryClient, customerId: string) {
  void client.invalidateQueries({ queryKey: relationsOf(customerId).queryKey })
  void client.invalidateQueries({ queryKey: customerSummary(customerId).queryKey })
  void refreshTimelines(client, customerId)
}

/* Tags */

export function useCreateTag() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Pick<Tag, 'name' | 'tone'>) => ask<Tag>(api.POST('/tags', { body })),
    onSuccess: (tag) => client.setQueryData(tagsQuery.queryKey, (list) => list && [...list, tag]),
  })
}
