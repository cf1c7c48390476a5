import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useVip } from '@/features/finding'
import type { CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { mapById, useStatuses, useTags } from '@/shared/vocabulary'
import type { Section } from '../useWorkspace'
import classes from './Rows.module.css'
import { Row, rowId } from './Row'
import { select } from './selection'
import { useWindow } from './useWindow'

const LOAD_AHEAD = 40

function rowHeight(): number {
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 64
}

interface Props {
  rows: CustomerRow[]
  /** Names the list, so that another one begins at its top. */
  list: string
  /** What was typed into the search that these rows answer. */
  typed: string | undefined
  activeId: string | undefined
  /** The section that is open, for the next customer too. */
  section: Section
  stale: boolean
  hasMore: boolean
  onMore: () => void
  onDrag: (id: string | undefined) => void
}

/** Only the rows in sight are in the page, however many are loaded. */
export const Rows = memo(function Rows({ rows, list, typed, activeId, section, stale, hasMore, onMore, onDrag }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(rowHeight)
  const statuses = mapById(useStatuses())
  const tags = mapById(useTags())
  const vip = useVip()
  const { range, reveal } = useWindow(scroller, rows.length, height, list)

  useEffect(() => {
    const measure = () => setHeight(rowHeight())
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])

  useEffect(() => {
    if (hasMore && range.end >= rows.length - LOAD_AHEAD) onMore()
  }, [hasMore, range.end, rows.length, onMore])

  const activeIndex = rows.findIndex((r) => r.id === activeId)
  useEffect(() => {
    if (activeIndex >= 0) reveal(activeIndex)
  }, [activeIndex, reveal, list])

  const order = useMemo(() => rows.map((r) => r.id), [rows])
  const onSelect = useCallback((id: string, range: boolean) => (range ? select.range(order, id) : select.toggle(id, order)), [order])
  // Space selects the row in focus, Shift with an arrow the next one too.
  const onKeyDown = (event: KeyboardEvent) => {
    const at = order.findIndex((id) => event.target instanceof Element && event.target.id === rowId(id))
    const step = event.shiftKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined
    const next = order[at + (step ?? 0)]
    if (at < 0 || next === undefined || (!step && event.key !== ' ')) return
    event.preventDefault()
    if (!step) return select.toggle(next, order)
    select.from(order[at]!)
    select.range(order, next)
    reveal(at + step)
    requestAnimationFrame(() => document.getElementById(rowId(next))?.focus())
  }

  return (
    <div ref={scroller} className={classes.scroll} data-stale={stale || undefined}>
      <div id="customer-rows" role="listbox" aria-label={t('Customers')} tabIndex={-1} className={classes.canvas} style={{ height: rows.length * height }} onKeyDown={onKeyDown}>
        {rows.slice(range.start, range.end).map((row, i) => {
          const at = range.start + i
          return (
            <Row
              key={row.id}
              row={row}
              at={at}
              of={rows.length}
              top={at * height}
              active={row.id === activeId}
              section={section}
              status={row.status_id ? statuses.get(row.status_id) : undefined}
              tag={vip && row.segment_ids?.includes(vip.id) ? vip : row.tag_ids.map((id) => tags.get(id)).find(Boolean)}
              typed={typed}
              onDrag={onDrag}
              onSelect={onSelect}
            />
          )
        })}
      </div>
    </div>
  )
})
