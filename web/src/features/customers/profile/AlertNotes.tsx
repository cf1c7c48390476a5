import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n'
import { notesOf } from '../api/queries'
import { NoteText } from '../notes/NoteText'
import classes from './AlertNotes.module.css'

/** Notes marked as an alert: nobody may overlook them. */
export function AlertNotes({ id }: { id: string }) {
  const alerts = useQuery(notesOf(id)).data?.filter((n) => n.alert) ?? []
  return alerts.map((note) => (
    <div key={note.id} className={classes.alert} role="note" aria-label={t('Alert')}>
      <IconAlertTriangle size={17} stroke={1.9} aria-hidden />
      <NoteText note={note} />
    </div>
  ))
}
