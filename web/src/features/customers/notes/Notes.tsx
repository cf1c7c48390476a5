import { IconNote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Note } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Empty, ErrorState, Skeleton } from '@/shared/ui'
import { useEditNote } from '../api/changes'
import { notesOf } from '../api/queries'
import { useCanHere } from '../profile/useCanHere'
import { Composer } from './Composer'
import { NoteCard } from './NoteCard'
import classes from './Notes.module.css'
import { anchorFor } from './order'

/** All notes of a customer in their kept order: pinned first, dragged or moved by Alt with the arrows. */
export function Notes({ id }: { id: string }) {
  const notes = useQuery(notesOf(id))
  const edit = useEditNote(id)
  const can = useCanHere(id)
  const [dragged, setDragged] = useState<string>()
  const list = notes.data ?? []
  const pinned = list.filter((n) => n.pinned)
  const others = list.filter((n) => !n.pinned)

  const place = (note: Note, target: Note, after: boolean) => {
    const group = note.pinned ? pinned : others
    const anchor = anchorFor(group.map((n) => n.id), note.id, target.id, after)
    if (anchor !== undefined) edit.mutate({ note, patch: { after: anchor } })
  }
  const move = (note: Note, by: 1 | -1) => {
    const group = note.pinned ? pinned : others
    const target = group[group.findIndex((n) => n.id === note.id) + by]
    if (target) place(note, target, by > 0)
  }

  const cards = (group: Note[]) =>
    group.map((note, i) => (
      <NoteCard
        key={note.id}
        note={note}
        first={i === 0}
        last={i === group.length - 1}
        dragged={dragged === note.id}
        onMove={(by) => move(note, by)}
        onDrag={setDragged}
        onDropped={(movedId, after) => {
          const moved = group.find((n) => n.id === movedId)
          if (moved) place(moved, note, after)
        }}
      />
    ))

  return (
    <div className={classes.notes}>
      <div className={classes.column}>
        {can('notes.create') && <Composer customerId={id} />}
        {notes.isPending && <Skeleton lines={3} />}
        {notes.isError && <ErrorState error={notes.error} onRetry={() => void notes.refetch()} />}
        {notes.isSuccess && list.length === 0 && (
          <Empty icon={<IconNote size={22} aria-hidden />} title={t('No notes yet')}>{t('Write down what the next colleague should know.')}</Empty>
        )}
        {pinned.length > 0 && <h2 className={classes.heading}>{t('Pinned')}</h2>}
        <ol className={classes.list}>{cards(pinned)}</ol>
        {pinned.length > 0 && others.length > 0 && <h2 className={classes.heading}>{t('All notes')}</h2>}
        <ol className={classes.list}>{cards(others)}</ol>
      </div>
    </div>
  )
}
