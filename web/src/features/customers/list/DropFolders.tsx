import { IconFolder } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type DragEvent } from 'react'
import type { CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { folderTree, useFolders } from '@/shared/vocabulary'
import { toast } from '@/shared/ui'
import { moveToFolder } from '../api/move'
import classes from './DropFolders.module.css'

interface Props {
  customerId: string
  row: CustomerRow | undefined
  onDone: () => void
}

/** While a customer is dragged, the folders lie open beside the list. The header's "Move to…" does the same without dragging. */
export function DropFolders({ customerId, row, onDone }: Props) {
  const client = useQueryClient()
  const folders = useFolders()
  const [over, setOver] = useState<string>()
  const drop = (event: DragEvent, folderId: string) => {
    event.preventDefault()
    onDone()
    moveToFolder(client, customerId, folderId).catch(toast.failed)
  }
  return (
    <div className={classes.panel} role="group" aria-label={t('Move to a folder')}>
      <p className={classes.title}>{t('Move {name} to', { name: row?.display_name ?? '' })}</p>
      {folderTree(folders).map(({ folder, depth }) => (
        <div
          key={folder.id}
          className={classes.target}
          style={{ marginInlineStart: depth * 18 }}
          data-over={over === folder.id || undefined}
          data-here={row?.folder_id === folder.id || undefined}
          onDragEnter={() => setOver(folder.id)}
          onDragLeave={() => setOver((now) => (now === folder.id ? undefined : now))}
          onDragOver={(e) => e.preventDefault()}
          onDrop={(e) => drop(e, folder.id)}
        >
          <IconFolder size={17} stroke={1.8} data-tone={folder.tone} className={classes.icon} aria-hidden />
          <span>{folder.name}</span>
        </div>
      ))}
    </div>
  )
}
