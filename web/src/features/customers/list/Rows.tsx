import { useEffect, useRef, useState } from 'react'
import type { CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useById, useStatuses, useTags } from '@/shared/vocabulary'
import { useWorkspace } from '../useWorkspace'
import classes from './Rows.module.css'
import { Row } from './Row'
import { useWindow } from './useWindow'

const LOAD_AHEAD = 40

function rowHeight(): number {
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 64
}

interface Props {
  rows: CustomerRow[]
  activeId: string | undefined
  stale: boolean
  hasMore: boolean
  onMore: () => void
  onDrag: (id: string | undefined) => void
}

/** Only the rows in sight are in the page, however many are loaded. */
export function Rows({ rows, activeId, stale, hasMore, onMore, onDrag }: Props) {
  const { section } = useWorkspace()
  const scroller = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(rowHeight)
  const statuses = useById(useStatuses())
  const tags = useById(useTags())
  const { range, reveal } = useWindow(scroller, rows.length, height)

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
  }, [activeIndex, reveal])

  return (
    <div ref={scroller} className={classes.scroll} data-stale={stale || undefined}>
      <div id="customer-rows" role="listbox" aria-label={t('Customers')} className={classes.canvas} style={{ height: rows.length * height }}>
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
              tag={row.tag_ids.map((id) => tags.get(id)).find(Boolean)}
              onDrag={onDrag}
            />
          )
        })}
      </div>
    </div>
  )
}
