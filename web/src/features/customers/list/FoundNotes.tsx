import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Time } from '@/shared/ui'
import { foundNotes } from '../api/queries'
import { withoutEvents } from '../useWorkspace'
import { excerpt } from './excerpt'
import classes from './FoundNotes.module.css'
import { marks } from './marks'

const AT_FIRST = 4
const AT_MOST = 50
/** Customers come first: notes are asked for when the typing rests. */
const REST = 300
const SHORTEST = 3

/** Below the customers that a search found: the notes that hold its words. */
export function FoundNotes({ typed }: { typed: string }) {
  const [q] = useDebouncedValue(typed, REST)
  const [wholeOf, setWholeOf] = useState<string>()
  const all = wholeOf === q
  const [open, setOpen] = useState(true)
  const may = useCan()('notes.view')
  const found = useQuery({ ...foundNotes(q, all ? AT_MOST : AT_FIRST), enabled: may && [...q].length >= SHORTEST, placeholderData: keepPreviousData })
  const total = found.data?.total ?? 0
  if (!may || [...typed].length < SHORTEST || total === 0) return null
  const { notes, names } = found.data!
  return (
    <section className={classes.found} aria-label={t('Found in notes')}>
      <button type="button" className={classes.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('In notes')} <span>{found.data!.exact ? total : t('more than {n}', { n: total })}</span>
        <IconChevronDown size={15} stroke={1.8} aria-hidden />
      </button>
      {open && (
        <ul className={classes.hits}>
          {notes.map((note) => (
            <li key={note.id}>
              <Link to="/customers/$customerId/$section" params={{ customerId: note.customer_id, section: 'notes' }} search={withoutEvents} className={classes.hit}>
                <span className={classes.line}>
                  <span className={classes.name} dir="auto">{names.get(note.customer_id)}</span>
                  <Time at={note.created_at} className={classes.time} />
                </span>
                <span className={classes.text} dir="auto">
                  {marks(excerpt(note.body, q), q).map((piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text))}
                </span>
              </Link>
            </li>
          ))}
          {!all && total > AT_FIRST && (
            <li>
              <button type="button" className={classes.more} onClick={() => setWholeOf(q)}>{t('Show more notes')}</button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
