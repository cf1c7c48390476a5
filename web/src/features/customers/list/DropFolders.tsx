import { IconFolder } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState, type DragEvent } from 'react'
import type { CustomerRow } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { countsWithin, folderTree, useFolders } from '@/shared/vocabulary'
import { toast } from '@/shared/ui'
import { moveToFolder } from '../moving/move'
import classes from './DropFolders.module.css'
import { useSelection } from './selection'

interface Props {
  customerId: string
  row: CustomerRow | undefined
  /** The selected ones are dragged together. */
  onMany: (folder: string) => void
  onDone: () => void
}

/** While a customer is dragged, the folders lie open beside the list. The header's "Move to…" does the same without dragging. */
export function DropFolders({ customerId, row, onMany, onDone }: Props) {
  const client = useQueryClient()
  const folders = useFolders()
  const within = useMemo(() => countsWithin(folders), [folders])
  const { ids, all } = useSelection()
  const many = (all || ids.size > 1) && (all || ids.has(customerId))
  const [over, setOver] = useState<string>()
  const drop = (event: DragEvent, folderId: string) => {
    event.preventDefault()
    onDone()
    if (many) return onMany(folderId)
    moveToFolder(client, customerId, folderId, row?.display_name ?? '').catch(toast.failed)
  }
  return (
    <div className={classes.panel} role="group" aria-label={t('Move to a folder')}>
      <p className={classes.title}>{many ? t('Move all selected to') : t('Move {name} to', { name: row?.display_name ?? '' })}</p>
      {folderTree(folders).map(({ folder, depth }) => (
        <div
          key={folder.id}
          className={classes.target}
          style={{ marginInlineStart: depth * 18 }}
          data-over={over === folder.id || undefined}
          data-here={(!many && row?.folder_id === folder.id) || undefined}
          onDragEnter={() => setOver(folder.id)}
          onDragLeave={() => setOver((now) => (now === folder.id ? undefined : now))}
          onDragOver={(e) => e.preventDefault()}
          onDrop={(e) => drop(e, folder.id)}
        >
          <IconFolder size={17} stroke={1.8} data-tone={folder.tone} className={classes.icon} aria-hidden />
          <span>{folder.name}</span>
          <small className="num">{count(within.get(folder.id) ?? 0)}</small>
        </div>
      ))}
    </div>
  )
}
