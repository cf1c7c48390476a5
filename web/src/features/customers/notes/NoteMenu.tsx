import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconDots, IconLock, IconPencil, IconPin, IconTrash, IconWorld } from '@tabler/icons-react'
import type { Note } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, Keys, MenuButton } from '@/shared/ui'
import { useDeleteNote, useEditNote } from '../api/changes'
import classes from './Notes.module.css'

interface Props {
  note: Note
  first: boolean
  last: boolean
  onMove: (by: 1 | -1) => void
  onEdit: () => void
}

const size = { size: 16, stroke: 1.8, 'aria-hidden': true } as const

export function NoteMenu({ note, first, last, onMove, onEdit }: Props) {
  const edit = useEditNote(note.customer_id)
  const remove = useDeleteNote(note.customer_id)
  const can = useCan()
  if (!can('notes.edit') && !can('notes.delete')) return null
  const set = (patch: Partial<Pick<Note, 'public' | 'pinned' | 'alert'>>) => edit.mutate({ note, patch })
  return (
    <MenuButton
      position="bottom-end"
      width={230}
      button={
        <IconButton small className={classes.more} label={t('What to do with this note')} tip={false}>
          <IconDots size={17} aria-hidden />
        </IconButton>
      }
    >
      {(Menu) => (
        <>
          {can('notes.edit') && (
            <>
              <Menu.Item leftSection={<IconPencil {...size} />} onClick={onEdit}>{t('Edit')}</Menu.Item>
              <Menu.Item leftSection={<IconPin {...size} />} onClick={() => set({ pinned: !note.pinned })}>{note.pinned ? t('Unpin') : t('Pin')}</Menu.Item>
              <Menu.Item leftSection={note.public ? <IconLock {...size} /> : <IconWorld {...size} />} onClick={() => set({ public: !note.public })}>
                {note.public ? t('Make internal') : t('Make public')}
              </Menu.Item>
              <Menu.Item leftSection={<IconAlertTriangle {...size} />} onClick={() => set({ alert: !note.alert })}>
                {note.alert ? t('No longer an alert') : t('Show as an alert')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item disabled={first} leftSection={<IconArrowUp {...size} />} rightSection={<Keys keys="alt+ArrowUp" />} onClick={() => onMove(-1)}>{t('Move up')}</Menu.Item>
              <Menu.Item disabled={last} leftSection={<IconArrowDown {...size} />} rightSection={<Keys keys="alt+ArrowDown" />} onClick={() => onMove(1)}>{t('Move down')}</Menu.Item>
            </>
          )}
          {can('notes.delete') && (
            <>
              <Menu.Divider />
              <Menu.Item data-danger leftSection={<IconTrash {...size} />} onClick={() => remove.mutate(note)}>{t('Delete')}</Menu.Item>
            </>
          )}
        </>
      )}
    </MenuButton>
  )
}
