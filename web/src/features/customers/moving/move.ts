import type { QueryClient } from '@tanstack/react-query'
import { api, ask, bulkBody, type BulkPreview } from '@/shared/api'
import { t } from '@/shared/i18n'
import { foldersQuery } from '@/shared/vocabulary'
import { toast } from '@/shared/ui'
import { editFromList } from '../api/edit'
import { moving } from './question'

/** What the folder will change beside the place. Whoever cannot learn that is told so, and nobody is moved. */
async function changesOf(id: string, folderId: string): Promise<BulkPreview['move']> {
  const order = { filter: { ids: [id] }, action: { move_to: folderId } }
  return (await ask(api.POST('/bulk/preview', { body: bulkBody(order) }))).move ?? null
}

/**
 * Moves a customer and offers the way back. Where the folder has no such status, wants fields that are empty or hides some
 * that are not, or colleagues come to see the customer or no longer do, the person sees that first.
 */
export async function moveToFolder(client: QueryClient, id: string, folderId: string | null, name: string) {
  const folder = client.getQueryData(foldersQuery.queryKey)?.find((f) => f.id === folderId)
  const changes = folder && (await changesOf(id, folder.id))
  let status: string | undefined
  if (changes && (changes.statuses.some((s) => s.lost) || changes.missing.length > 0 || changes.hidden.length > 0 || changes.losing.length > 0 || changes.gaining.length > 0)) {
    const answer = await moving.ask({ name, folder, changes })
    if (!answer) return
    status = answer.status
  }
  const before = await editFromList(client, id, { folder_id: folderId, ...(status ? { status_id: status } : {}) })
  void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
  if (before.folder_id === folderId) return
  const { folder_id, status_id } = before
  toast.undo(t('{name} moved to {folder}', { name: before.display_name, folder: folder?.name ?? t('no folder') }), () => {
    editFromList(client, id, { folder_id, status_id }).catch(toast.failed)
  })
}
