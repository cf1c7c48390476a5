import { IconChevronDown, IconFolder, IconTrash, IconUsers } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { useSegments } from '@/features/finding'
import { useCommands } from '@/shared/commands'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { MenuButton } from '@/shared/ui'
import { countsWithin, folderTree, useFolders } from '@/shared/vocabulary'
import { useSearchOf, useSetSearch } from '../useWorkspace'
import { useOpenView } from './useOpenView'
import { segmentItems } from './SegmentItems'
import { viewItems } from './ViewItems'
import classes from './FolderMenu.module.css'

/** The list's title: which folder is open, and the tree to choose another. */
export const FolderMenu = memo(function FolderMenu() {
  const search = useSearchOf('folder', 'segment', 'bin')
  const setSearch = useSetSearch()
  const folders = useFolders()
  const within = useMemo(() => countsWithin(folders), [folders])
  const current = folders.find((f) => f.id === search.folder)
  const { views, view, openView, leave } = useOpenView()
  const segments = useSegments().filter((s) => s.enabled)
  const segment = segments.find((s) => s.id === search.segment)
  const title = search.bin ? t('Bin') : (view?.name ?? segment?.name ?? current?.name ?? t('All customers'))
  const go = (to: { folder?: string; segment?: string; bin?: true }) => setSearch({ ...leave, folder: undefined, segment: undefined, bin: undefined, status: undefined, ...to })
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
            data-on={(!current && !segment && !search.bin && !view) || undefined}
            onClick={() => go({})}
          >
            {t('All customers')}
          </Menu.Item>
          {viewItems(Menu, views, view, openView)}
          {folders.length > 0 && <Menu.Divider />}
          {folders.length > 0 && <Menu.Label>{t('Folders')}</Menu.Label>}
          {folderTree(folders).map(({ folder, depth }) => (
            <Menu.Item
              key={folder.id}
              className={classes.folder}
              style={{ paddingInlineStart: 9 + depth * 20 }}
              leftSection={<IconFolder size={16} stroke={1.8} data-tone={folder.tone} className={classes.icon} aria-hidden />}
              rightSection={<span className="num">{count(within.get(folder.id) ?? folder.customers)}</span>}
              data-on={folder.id === search.folder || undefined}
              onClick={() => go({ folder: folder.id })}
            >
              {folder.name}
            </Menu.Item>
          ))}
          {segmentItems(Menu, segments, segment, (one) => go({ segment: one.id }))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size={16} stroke={1.8} aria-hidden />}
            data-on={search.bin || undefined}
            onClick={() => go({ bin: true })}
          >
            {t('Bin')}
          </Menu.Item>
        </>
      )}
    </MenuButton>
  )
})
