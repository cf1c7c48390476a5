import { IconChevronDown, IconFolder, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useCommands } from '@/shared/commands'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { MenuButton } from '@/shared/ui'
import { countsWithin, folderTree, useFolders } from '@/shared/vocabulary'
import { useListSearch } from '../useWorkspace'
import { useOpenView } from './useOpenView'
import { viewItems } from './ViewItems'
import classes from './FolderMenu.module.css'

/** The list's title: which folder is open, and the tree to choose another. */
export function FolderMenu() {
  const { search, setSearch } = useListSearch()
  const folders = useFolders()
  const within = useMemo(() => countsWithin(folders), [folders])
  const current = folders.find((f) => f.id === search.folder)
  const { views, view, openView, leave } = useOpenView()
  const title = search.bin ? t('Bin') : (view?.name ?? current?.name ?? t('All customers'))
  useCommands(views.map((v) => ({ id: `view.${v.id}`, title: v.name, group: t('Views'), run: () => openView(v) })))
  useCommands([{ id: 'list.folder', title: t('Choose a folder'), group: t('List'), keys: 'f', run: () => document.getElementById('list-folder')?.click() }])
  return (
    <MenuButton
      width={272}
      dropdown={{ mah: '70dvh', className: classes.tree }}
      button={
        <button id="list-folder" type="button" className={classes.title} aria-label={t('Folder: {title}', { title })}>
          <h1>{title}</h1>
          <IconChevronDown size={16} stroke={2} aria-hidden />
        </button>
      }
    >
      {(Menu) => (
        <>
          <Menu.Item
            leftSection={<IconUsers size={16} stroke={1.8} aria-hidden />}
            data-on={(!current && !search.bin && !view) || undefined}
            onClick={() => setSearch({ ...leave, folder: undefined, bin: undefined, status: undefined })}
          >
            {t('All customers')}
          </Menu.Item>
          {viewItems(Menu, views, view, openView)}
          {folders.length > 0 && <Menu.Divider />}
          {folderTree(folders).map(({ folder, depth }) => (
            <Menu.Item
              key={folder.id}
              className={classes.folder}
              style={{ paddingInlineStart: 9 + depth * 20 }}
              leftSection={<IconFolder size={16} stroke={1.8} data-tone={folder.tone} className={classes.icon} aria-hidden />}
              rightSection={<span className="num">{count(within.get(folder.id) ?? folder.customers)}</span>}
              data-on={folder.id === search.folder || undefined}
              onClick={() => setSearch({ ...leave, folder: folder.id, bin: undefined, status: undefined })}
            >
              {folder.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size={16} stroke={1.8} aria-hidden />}
            data-on={search.bin || undefined}
            onClick={() => setSearch({ ...leave, folder: undefined, bin: true, status: undefined })}
          >
            {t('Bin')}
          </Menu.Item>
        </>
      )}
    </MenuButton>
  )
}
