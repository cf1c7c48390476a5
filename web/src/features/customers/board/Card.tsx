import { Menu } from '@mantine/core'
import { IconArrowsMove } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, useRef, useState, type KeyboardEvent } from 'react'
import type { CustomerRow, Status, Tag } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar, StatusDot, Time } from '@/shared/ui'
import { CUSTOMER_DRAG } from '../list/dragging'
import classes from './Board.module.css'

interface Props {
  row: CustomerRow
  top: number
  columns: Status[]
  mayMove: boolean
  responsible: string | undefined
  tag: Pick<Tag, 'name' | 'tone'> | undefined
  onMove: (to: Status) => void
  onFocus: () => void
}

/** One customer on the board: dragged by mouse, moved by M or Shift with an arrow, opened by Enter. */
export const Card = memo(function Card({ row, top, columns, mayMove, responsible, tag, onMove, onFocus }: Props) {
  const [asking, setAsking] = useState(false)
  const [dragging, setDragging] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const at = columns.findIndex((c) => c.id === row.status_id)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!mayMove || event.target !== link.current) return
    const way = event.shiftKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined
    const to = way === undefined ? undefined : columns[at + (document.documentElement.dir === 'rtl' ? -way : way)]
    if (to) onMove(to)
    else if (event.key === 'm' && !event.ctrlKey && !event.metaKey) setAsking(true)
    else if (way === undefined) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the link and the button inside do all of it by keyboard
    <div
      role="listitem"
      className={classes.card}
      data-dragging={dragging || undefined}
      style={{ transform: `translateY(${top}px)` }}
      draggable={mayMove}
      onDragStart={(event) => {
        event.dataTransfer.setData(CUSTOMER_DRAG, row.id)
        event.dataTransfer.effectAllowed = 'move'
        setTimeout(() => setDragging(true))
      }}
      onDragEnd={() => setDragging(false)}
      onKeyDown={onKeyDown}
    >
      <Link ref={link} data-card={row.id} to="/customers/$customerId/$section" params={{ customerId: row.id, section: 'timeline' }} search={{ folder: row.folder_id ?? undefined }} preload={false} draggable={false} className={classes.open} onFocus={onFocus}>
        <Avatar name={row.display_name} size={28} square={row.kind === 'company'} photoId={row.photo_id} />
        <span className={classes.who}>
          <b dir="auto">{row.display_name}</b>
          <small dir="auto">{row.activity?.headline ?? row.company_name ?? row.city ?? t('Nothing has happened yet')}</small>
        </span>
      </Link>
      <p className={classes.meta}>
        {tag && <span className={classes.tag} data-tone={tag.tone}>{tag.name}</span>}
        {row.unread > 0 && <span className={classes.unread}>{t('{n} new', { n: row.unread })}</span>}
        <span className={classes.grow} />
        {row.activity && <Time at={row.activity.at} />}
        {responsible && <span title={responsible} className={classes.face}><Avatar name={responsible} size={20} /></span>}
      </p>
      {mayMove && (
        <Menu opened={asking} onChange={setAsking} width={210} position="bottom-end" returnFocus>
          <Menu.Target>
            <button type="button" className={classes.move} aria-label={t('Move {name} to…', { name: row.display_name })} onClick={() => setAsking(true)}>
              <IconArrowsMove size={14} stroke={1.8} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {asking && columns.map((status) => (
              <Menu.RadioItem key={status.id} value={status.id} checked={status.id === row.status_id} onChange={() => onMove(status)}>
                <StatusDot tone={status.tone} />
                {status.name}
              </Menu.RadioItem>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
})
