import { Menu } from '@mantine/core'
import { IconCheck, IconFolder, IconSelector } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Customer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { MenuButton, toast } from '@/shared/ui'
import { folderTree, useFolders } from '@/shared/vocabulary'
import { moveToFolder } from '../api/move'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

export function FolderTool({ customer }: { customer: Customer }) {
  const client = useQueryClient()
  const folders = useFolders()
  const mayEdit = useCan()('customers.edit')
  const current = folders.find((f) => f.id === customer.folder_id)
  const move = (folderId: string | null) => void moveToFolder(client, customer.id, folderId).catch(toast.failed)
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
        {() => (
          <>
            {folderTree(folders).map(({ folder, depth }) => (
              <Menu.Item
                key={folder.id}
                style={{ paddingInlineStart: 9 + depth * 20 }}
                leftSection={<IconFolder size={16} stroke={1.8} data-tone={folder.tone} className={classes.icon} aria-hidden />}
                rightSection={folder.id === customer.folder_id ? <IconCheck size={15} aria-hidden /> : undefined}
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
