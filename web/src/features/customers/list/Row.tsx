import { Link } from '@tanstack/react-router'
import { memo, type DragEvent } from 'react'
import type { CustomerRow, Status, Tag } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar, StatusDot, Time } from '@/shared/ui'
import { withoutEvents, type Section } from '../useWorkspace'
import { CUSTOMER_DRAG } from './dragging'
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
  tag: Tag | undefined
  onDrag: (id: string | undefined) => void
}

export const rowId = (id: string) => `row-${id}`

export const Row = memo(function Row({ row, at, of, top, active, section, status, tag, onDrag }: Props) {
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
      aria-posinset={at + 1}
      aria-setsize={of}
      tabIndex={active || at === 0 ? 0 : -1}
      className={classes.row}
      data-on={active || undefined}
      data-unread={row.unread > 0 || undefined}
      style={{ transform: `translateY(${top}px)` }}
      draggable
      onDragStart={startDrag}
      onDragEnd={() => onDrag(undefined)}
    >
      <Avatar name={row.display_name} square={row.kind === 'company'} photoId={row.photo_id} />
      <span className={classes.body}>
        <span className={classes.line}>
          <span className={classes.who}>
            <span className={classes.name} dir="auto">{row.display_name}</span>
            {tag && <span className={classes.tag} data-tone={tag.tone}>{tag.name}</span>}
          </span>
          {row.activity && <Time at={row.activity.at} className={classes.time} />}
        </span>
        <span className={classes.line}>
          {status && <StatusDot tone={status.tone} title={status.name} />}
          {status && <span className="sr">{status.name}.</span>}
          <span className={classes.preview} dir="auto">{row.activity?.headline ?? row.company_name ?? row.city ?? t('Nothing has happened yet')}</span>
          {row.unread > 0 && <span className={classes.unread} aria-label={t('{n} new', { n: row.unread })}>{row.unread}</span>}
        </span>
      </span>
    </Link>
  )
})
