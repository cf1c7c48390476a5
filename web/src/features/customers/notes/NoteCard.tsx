import { IconAlertTriangle, IconGripVertical, IconPinFilled, IconWorld } from '@tabler/icons-react'
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import type { Note } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, Time } from '@/shared/ui'
import { useUsers } from '@/shared/vocabulary'
import { NoteEditor } from './NoteEditor'
import { NoteMenu } from './NoteMenu'
import classes from './Notes.module.css'
import { NoteText } from './NoteText'

export const NOTE_DRAG = 'application/x-patron-note'

interface Props {
  note: Note
  first: boolean
  last: boolean
  dragged: boolean
  onMove: (by: 1 | -1) => void
  onDrag: (id: string | undefined) => void
  onDropped: (movedId: string, after: boolean) => void
}

function isLowerHalf(event: DragEvent<HTMLElement>): boolean {
  const box = event.currentTarget.getBoundingClientRect()
  return event.clientY > box.top + box.height / 2
}

export function NoteCard({ note, first, last, dragged, onMove, onDrag, onDropped }: Props) {
  const card = useRef<HTMLLIElement>(null)
  const author = useUsers().find((u) => u.id === note.author_id)
  const [editing, setEditing] = useState(false)
  const [edge, setEdge] = useState<'before' | 'after'>()
  const mayEdit = useCan()('notes.edit')

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || !mayEdit || event.target !== card.current) return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      onMove(event.key === 'ArrowUp' ? -1 : 1)
      requestAnimationFrame(() => card.current?.focus())
    } else if (event.key === 'Enter') {
      event.preventDefault()
      setEditing(true)
    }
  }
  const dragging = !editing && mayEdit && {
    draggable: true,
    onDragStart: (e: DragEvent) => {
      e.dataTransfer.setData(NOTE_DRAG, note.id)
      e.dataTransfer.effectAllowed = 'move'
      onDrag(note.id)
    },
    onDragEnd: () => onDrag(undefined),
  }
  /* oxlint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */
  return (
    // A card takes the focus so that Alt with the arrows can move it and Enter can open it.
    <li
      ref={card}
      tabIndex={0}
      className={classes.card}
      data-pinned={note.pinned || undefined}
      data-dragged={dragged || undefined}
      data-edge={edge}
      onKeyDown={onKeyDown}
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes(NOTE_DRAG)) return
        e.preventDefault()
        setEdge(isLowerHalf(e) ? 'after' : 'before')
      }}
      onDragLeave={() => setEdge(undefined)}
      onDrop={(e) => {
        e.preventDefault()
        setEdge(undefined)
        onDropped(e.dataTransfer.getData(NOTE_DRAG), isLowerHalf(e))
      }}
    >
      <header>
        {mayEdit && <span className={classes.grip} {...dragging} aria-hidden><IconGripVertical size={16} stroke={1.8} /></span>}
        <Avatar name={author?.name ?? '?'} size={22} />
        <b>{author?.name ?? t('Unknown author')}</b>
        <Time at={note.created_at} className={classes.time} />
        {note.version > 1 && note.updated_at !== note.created_at && <span className={classes.mark}>{t('edited')}</span>}
        {note.pinned && <span className={classes.mark} data-tone="warn"><IconPinFilled size={13} aria-hidden />{t('Pinned')}</span>}
        {note.public && <span className={classes.mark} data-tone="info"><IconWorld size={13} aria-hidden />{t('Public')}</span>}
        {note.alert && <span className={classes.mark} data-tone="bad"><IconAlertTriangle size={13} aria-hidden />{t('Alert')}</span>}
        <NoteMenu note={note} first={first} last={last} onMove={onMove} onEdit={() => setEditing(true)} />
      </header>
      {editing ? <NoteEditor note={note} onDone={() => { setEditing(false); card.current?.focus() }} /> : <NoteText note={note} />}
    </li>
  )
}
