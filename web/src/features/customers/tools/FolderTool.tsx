import { IconFolder, IconSelector } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Customer } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { MenuButton, toast } from '@/shared/ui'
import { countsWithin, folderTree, useFolders } from '@/shared/vocabulary'
import { moveToFolder } from '../moving/move'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

export function FolderTool({ customer }: { customer: Customer }) {
  const client = useQueryClient()
  const folders = useFolders()
  const within = countsWithin(folders)
  const mayEdit = useCan()('customers.edit')
  const current = folders.find((f) => f.id === customer.folder_id)
  const move = (folderId: string | null) => void moveToFolder(client, customer.id, folderId, customer.display_name).catch(toast.failed)
  return (
    <Tool title={t('Folder')}>
      <MenuButton
        width="target"
        dropdown={{ className: classes.tree }}
        button={
          <button id="tool-folder" type="button" className={classes.field} disabled={!mayEdit} aria-label={t('Folder: {name}. Move to…', { name: current?.name ?? t('No folder') })}>
            <IconFolder size={17} stroke={1.7} aria-hidden />
            <span>{current?.name ?? t('No folder')}</span>
            <IconSelector size={16} stroke={1.7} aria-hidden />
          </button>
        }
      >
        {(Menu) => (
          <>
            {folderTree(folders).map(({ folder, depth }) => (
              <Menu.Item
                key={folder.id}
                style={{ paddingInlineStart: 9 + depth * 20 }}
                leftSection={<IconFolder size={16} stroke={1.8} data-tone={folder.tone} className={classes.icon} aria-hidden />}
                data-on={folder.id === customer.folder_id || undefined}
                rightSection={<span className="num">{count(within.get(folder.id) ?? 0)}</span>}
                onClick={() => folder.id !== customer.folder_id && move(folder.id)}
              >
                {folder.name}
              </Menu.Item>
            ))}
            {current && (
              <>
                <Menu.Divider />
                <Menu.Item onClick={() => move(null)}>{t('Take out of the folder')}</Menu.Item>
              </>
            )}
          </>
        )}
      </MenuButton>
    </Tool>
  )
}
