import type { Note } from '@/shared/api'
import classes from './NoteText.module.css'

/** A note's Markdown, rendered and made safe by the server. */
export function NoteText({ note }: { note: Pick<Note, 'html'> }) {
  return <div className={classes.text} dir="auto" dangerouslySetInnerHTML={{ __html: note.html }} />
}
