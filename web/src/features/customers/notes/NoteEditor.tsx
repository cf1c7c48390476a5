import { useRef, useState } from 'react'
import type { Note } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button } from '@/shared/ui'
import { useEditNote } from '../api/changes'
import { MentionBox } from './MentionBox'
import { forKeeping, forWriting } from './mentions'
import classes from './Notes.module.css'

export function NoteEditor({ note, onDone }: { note: Note; onDone: () => void }) {
  const [written] = useState(() => forWriting(note.body))
  const [text, setText] = useState(written.text)
  const mentions = useRef(written.mentions)
  const edit = useEditNote(note.customer_id)
  const save = () => {
    const body = forKeeping(text.trim(), mentions.current)
    if (body === note.body || !body) return onDone()
    edit.mutate({ note, patch: { body } }, { onSuccess: onDone })
  }
  return (
    <div className={classes.editor}>
      <MentionBox
        autoFocus
        aria-label={t('Note')}
        value={text}
        onChange={setText}
        onMention={(m) => mentions.current.push(m)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) save()
          if (e.key !== 'Escape') return
          e.stopPropagation()
          e.preventDefault()
          onDone()
        }}
      />
      <div className={classes.foot}>
        <Button compact tone="quiet" onClick={onDone}>{t('Cancel')}</Button>
        <Button compact tone="brand" disabled={edit.isPending} onClick={save}>{t('Save')}</Button>
      </div>
    </div>
  )
}
