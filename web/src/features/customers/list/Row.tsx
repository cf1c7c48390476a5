import { Link } from '@tanstack/react-router'
import { memo, type DragEvent, type MouseEvent } from 'react'
import type { CustomerRow, Status, Tag } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar, StatusDot, Time } from '@/shared/ui'
import { withoutEvents, type Section } from '../useWorkspace'
import { CUSTOMER_DRAG } from './dragging'
import { marks } from './marks'
import { useIsSelected, useSelecting } from './selection'
import classes from './Rows.module.css'

interface Props {
  row: CustomerRow
  at: number
  of: number
  top: number
  active: boolean
  /** The section that is open, for the next customer too. */
  section: Section
  status: Status | undefined
  /** The one that stands beside the name: of the best customers, else the first tag. */
  tag: Pick<Tag, 'name' | 'tone'> | undefined
  /** What was typed into the search. */
  typed: string | undefined
  onDrag: (id: string | undefined) => void
  onSelect: (id: string, range: boolean) => void
}

export const rowId = (id: string) => `row-${id}`

export const Row = memo(function Row({ row, at, of, top, active, section, status, tag, typed, onDrag, onSelect }: Props) {
  const selecting = useSelecting()
  const selected = useIsSelected(row.id)
  const onClick = (event: MouseEvent) => {
    const onBox = event.target instanceof Element && event.target.closest('[data-check]')
    if (!onBox && !(event.shiftKey && selecting)) return
    event.preventDefault()
    onSelect(row.id, event.shiftKey)
  }
  const startDrag = (event: DragEvent) => {
    event.dataTransfer.setData(CUSTOMER_DRAG, row.id)
    event.dataTransfer.effectAllowed = 'move'
    setTimeout(() => onDrag(row.id))
  }
  return (
    <Link
      id={rowId(row.id)}
      to="/customers/$customerId/$section"
      params={{ customerId: row.id, section }}
      search={withoutEvents}
      role="option"
      aria-selected={active}
      aria-checked={selecting ? selected : undefined}
      aria-posinset={at + 1}
      aria-setsize={of}
      tabIndex={active || at === 0 ? 0 : -1}
      className={classes.row}
      data-on={active || undefined}
      data-unread={row.unread > 0 || undefined}
      data-selecting={selecting || undefined}
      data-selected={selected || undefined}
      onClick={onClick}
      style={{ transform: `translateY(${top}px)` }}
      draggable
      onDragStart={startDrag}
      onDragEnd={() => onDrag(undefined)}
    >
      <span className={classes.face}>
        <Avatar name={row.display_name} square={row.kind === 'company'} photoId={row.photo_id} />
        <span className={classes.check} data-check aria-hidden><i /></span>
      </span>
      <span className={classes.body}>
        <span className={classes.line}>
          <span className={classes.who}>
            <span className={classes.name} dir="auto">{marks(row.display_name, typed).map((piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text))}</span>
            {tag && <span className={classes.tag} data-tone={tag.tone}>{tag.name}</span>}
          </span>
          {row.activity && <Time at={row.activity.at} className={classes.time} />}
        </span>
        <span className={classes.line}>
          {status && <StatusDot tone={status.tone} title={status.name} />}
          {status && <span className="sr">{status.name}.</span>}
          <span className={classes.preview} dir="auto">{row.match ? <Found match={row.match} /> : (row.activity?.headline ?? row.company_name ?? row.city ?? t('Nothing has happened yet'))}</span>
          {row.unread > 0 && <span className={classes.unread} aria-label={t('{n} new', { n: row.unread })}>{row.unread}</span>}
        </span>
      </span>
    </Link>
  )
})

const FOUND_IN: Record<string, string> = { email: t('E-mail'), phone: t('Phone'), company_name: t('Company'), city: t('City'), tag: t('Tag') }

/** Why a search found somebody whose name does not say it. */
function Found({ match }: { match: NonNullable<CustomerRow['match']> }) {
  return <><b className={classes.foundIn}>{FOUND_IN[match.field] ?? t('Found')}</b> {match.text}</>
}
