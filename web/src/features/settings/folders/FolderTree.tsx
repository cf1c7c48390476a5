import { Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconFolder, IconFolderPlus } from '@tabler/icons-react'
import { useState, type FormEvent, type KeyboardEvent } from 'react'
import type { Folder } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, IconButton, TextBox } from '@/shared/ui'
import { countsWithin, folderTree, useFolders } from '@/shared/vocabulary'
import { useCreate, useReorder } from '../api/records'
import { at, Refused } from '../shared/Page'
import { movedBy } from '@/shared/places'
import classes from '../shared/settings.module.css'
import own from './Folders.module.css'
import { siblingsOf } from './tree'
import { useMayManage } from './useMayManage'

const size = { size: 16, stroke: 1.7, 'aria-hidden': true } as const

interface Props {
  chosen: string | undefined
  onChoose: (id: string) => void
}

export function FolderTree({ chosen, onChoose }: Props) {
  const folders = useFolders()
  const within = countsWithin(folders)
  const can = useCan()
  const may = useMayManage()
  const mayMove = (folder: Folder) => may(folder, 'folders.edit')
  const reorder = useReorder('/folders')
  const [parent, setParent] = useState<Folder>()
  const move = (folder: Folder, by: 1 | -1) => {
    const places = movedBy(siblingsOf(folders, folder), folder.id, by)
    if (places.length > 0) reorder.mutate(places)
  }
  const onKeyDown = (folder: Folder) => (event: KeyboardEvent) => {
    if (!mayMove(folder) || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(folder, event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <section className={classes.card} aria-label={t('Folders')}>
      <div className={own.tree}>
        {folderTree(folders).map(({ folder, depth }) => (
          <div key={folder.id} className={own.node} data-on={folder.id === chosen || undefined} style={{ paddingInlineStart: depth * 18 }}>
            <button
              type="button"
              className={own.pick}
              aria-current={folder.id === chosen}
              title={mayMove(folder) ? t('Alt and the arrow keys move it') : undefined}
              onClick={() => onChoose(folder.id)}
              onKeyDown={onKeyDown(folder)}
            >
              <IconFolder size={17} stroke={1.8} data-tone={folder.tone} aria-hidden />
              <span>{folder.name}</span>
              <b className="num">{count(within.get(folder.id) ?? folder.customers)}</b>
            </button>
            {mayMove(folder) && (
              <Menu position="bottom-end" width={200}>
                <Menu.Target>
                  <IconButton small label={t('Actions for {name}', { name: folder.name })} tip={false}>
                    <IconDots size={17} aria-hidden />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  {can('folders.create') && <Menu.Item leftSection={<IconFolderPlus {...size} />} onClick={() => setParent(folder)}>{t('Add a folder in it')}</Menu.Item>}
                  <Menu.Item leftSection={<IconArrowUp {...size} />} onClick={() => move(folder, -1)}>{t('Move up')}</Menu.Item>
                  <Menu.Item leftSection={<IconArrowDown {...size} />} onClick={() => move(folder, 1)}>{t('Move down')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        ))}
      </div>
      {can('folders.create') && <NewFolder key={parent?.id} parent={parent} onDone={(id) => { setParent(undefined); if (id) onChoose(id) }} />}
    </section>
  )
}

function NewFolder({ parent, onDone }: { parent: Folder | undefined; onDone: (id?: string) => void }) {
  const [name, setName] = useState('')
  const create = useCreate('/folders')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    const inherited = parent ? { parent_id: parent.id, stage: parent.stage, tone: parent.tone } : {}
    create.mutate({ name: name.trim(), ...inherited }, { onSuccess: (made) => { setName(''); onDone(made.id) } })
  }
  const label = parent ? t('New folder in {name}', { name: parent.name }) : t('New folder')
  return (
    <>
      <form className={classes.add} onSubmit={submit}>
        <TextBox
          label={label}
          hideLabel
          placeholder={label}
          autoFocus={parent !== undefined}
          value={name}
          onChange={(e) => setName(e.target.value)}
          onKeyDown={(e) => e.key === 'Escape' && onDone()}
          error={at(create.error, '/name')}
        />
        <Button type="submit" disabled={!name.trim() || create.isPending}>{t('Add')}</Button>
      </form>
      <Refused error={create.error} fields={['/name']} />
    </>
  )
}
