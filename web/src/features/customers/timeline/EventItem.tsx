import { IconArrowNarrowRight, IconWorld } from '@tabler/icons-react'
import { memo } from 'react'
import type { Change, Note, TimelineEvent } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import { NoteText } from '../notes/NoteText'
import { changeText, toldInHeadline } from './changes'
import { lookOf } from './kinds'
import classes from './Timeline.module.css'

function Headline({ event }: { event: TimelineEvent }) {
  if (!event.parts?.length) return event.headline
  return event.parts.map((part, i) => (part.strong ? <b key={i}>{part.text}</b> : <span key={i}>{part.text}</span>))
}

function ChangeLine({ change }: { change: Change }) {
  const from = changeText(change.from_text, change.from)
  const to = changeText(change.to_text, change.to)
  return (
    <div className={classes.change}>
      <dt>{change.label}</dt>
      <dd>
        {from && <del dir="auto">{from}</del>}
        {from && <IconArrowNarrowRight size={16} stroke={1.6} role="img" aria-label={t('to')} />}
        {to ? <ins dir="auto">{to}</ins> : <span className={classes.removed}>{t('removed')}</span>}
      </dd>
    </div>
  )
}

interface Props {
  event: TimelineEvent
  note: Note | undefined
  /** Takes the change back; nothing where it is not one's own, or none. */
  onUndo: ((position: number) => void) | undefined
}

export const EventItem = memo(function EventItem({ event, note, onUndo }: Props) {
  const { icon: Icon, tone, large } = lookOf(event)
  return (
    <li className={classes.event} data-small={large ? undefined : true}>
      <span className={classes.icon} data-tone={tone}>
        <Icon size={large ? 17 : 14} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.what}>
        <div className={classes.line}>
          <p className={classes.title}><Headline event={event} /></p>
          {note?.public && <span className={classes.public}><IconWorld size={13} aria-hidden />{t('Public')}</span>}
          {onUndo && (
            <button type="button" className={classes.undo} aria-label={t('Take back: {line}', { line: event.headline })} onClick={() => onUndo(event.position)}>{t('Take back')}</button>
          )}
          <Time as="clock" at={event.happened_at} />
        </div>
        {note && <div className={classes.note}><NoteText note={note} /></div>}
        {event.changes.length > 0 && !toldInHeadline(event) && (
          <dl className={classes.changes}>
            {event.changes.map((c) => (
              <ChangeLine key={c.field} change={c} />
            ))}
          </dl>
        )}
      </div>
    </li>
  )
})
