import type { QueryClient } from '@tanstack/react-query'
import { t } from '@/shared/i18n'
import { foldersQuery } from '@/shared/vocabulary'
import { toast } from '@/shared/ui'
import { editFromList } from './edit'

/** Moves a customer and offers the way back. The server gives the status that fits the new folder. */
export async function moveToFolder(client: QueryClient, id: string, folderId: string | null) {
  const before = await editFromList(client, id, { folder_id: folderId })
  void client.invalidateQueries({ queryKey: foldersQuery.queryKey })
  if (before.folder_id === folderId) return
  const folder = client.getQueryData(foldersQuery.queryKey)?.find((f) => f.id === folderId)
  const { folder_id, status_id } = before
  toast.undo(t('{name} moved to {folder}', { name: before.display_name, folder: folder?.name ?? t('no folder') }), () => {
    editFromList(client, id, { folder_id, status_id }).catch(toast.failed)
  })
}
