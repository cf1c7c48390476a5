import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type DragEvent } from 'react'
import { both, useVip } from '@/features/finding'
import type { Expression, Status, TallyLine } from '@/shared/api'
import { count, minorDigits } from '@/shared/format'
import { locale, t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Skeleton, StatusDot } from '@/shared/ui'
import { mapById, useTags, useUsers } from '@/shared/vocabulary'
import { customerRows } from '../api/queries'
import type { Query } from '../api/search'
import { CUSTOMER_DRAG } from '../list/dragging'
import { useWindow } from '../list/useWindow'
import classes from './Board.module.css'
import { Card } from './Card'
import { moveOnBoard } from './moving'

const CARD_HEIGHT = 92
const LOAD_AHEAD = 30
const none: never[] = []

interface Props {
  /** Undefined: those without one. */
  status: Status | undefined
  columns: Status[]
  query: { within?: string; filter?: string }
  line: TallyLine | undefined
  loaded: boolean
  sum: string | undefined
}

function columnQuery(query: Props['query'], status: Status | undefined): Query {
  if (status) return { ...query, status_id: status.id } as Query
  const filter = both(query.filter ? (JSON.parse(query.filter) as Expression) : undefined, { field: 'status_id', empty: true })
  return { within: query.within, filter: JSON.stringify(filter) } as Query
}

/** Sums are large: without the decimals that a single price has. */
function sumText(line: TallyLine | undefined): string {
  const round = (currency: string, amount: number) => new Intl.NumberFormat(locale(), { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount / 10 ** minorDigits(currency))
  return line?.sums.filter((s) => s.amount !== 0).map((s) => (s.currency ? round(s.currency, s.amount) : count(s.amount))).join(' · ') ?? ''
}

/** One status and its customers. Only the cards in sight are in the page. */
export function Column({ status, columns, query, line, loaded, sum }: Props) {
  const client = useQueryClient()
  const scroller = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  const mayEdit = useCan()('customers.edit')
  const users = mapById(useUsers())
  const tags = mapById(useTags())
  const vip = useVip()
  const asked = columnQuery(query, status)
  const list = useInfiniteQuery(customerRows(asked))
  // Who was moved away is hidden here at once, whatever the pages still hold.
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.data).filter((r) => r.status_id === (status?.id ?? null)) ?? none, [list.data, status])
  const { range, reveal } = useWindow(scroller, rows.length, CARD_HEIGHT)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && range.end >= rows.length - LOAD_AHEAD) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, range.end, rows.length])

  const name = status?.name ?? t('No status')
  const n = line?.count ?? 0
  const total = sum ? sumText(line) : ''
  const move = (id: string, to: Status) => moveOnBoard(client, id, to)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const id = event.dataTransfer.getData(CUSTOMER_DRAG)
    if (id && status) move(id, status)
  }
  const drop = status && mayEdit ? {
    onDragOver: (event: DragEvent) => { if (event.dataTransfer.types.includes(CUSTOMER_DRAG)) { event.preventDefault(); setOver(true) } },
    onDragLeave: (event: DragEvent) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false) },
    onDrop,
  } : {}
  return (
    <section data-column className={classes.column} data-over={over || undefined} aria-label={t('{status}, {n, plural, one {# customer} other {# customers}}', { status: name, n })} {...drop}>
      <header className={classes.columnHead}>
        <h2>{status ? <StatusDot tone={status.tone} /> : null}<span>{name}</span></h2>
        {loaded && <span className="num">{count(n)}</span>}
        {total && <b className="num">{total}</b>}
      </header>
      <div ref={scroller} className={classes.cards}>
        {list.isPending && <Skeleton lines={3} />}
        {list.isSuccess && rows.length === 0 && <p className={classes.none}>{t('Nobody')}</p>}
        <div role="list" className={classes.canvas} style={{ height: rows.length * CARD_HEIGHT }}>
          {rows.slice(range.start, range.end).map((row, i) => (
            <Card
              key={row.id}
              row={row}
              top={(range.start + i) * CARD_HEIGHT}
              columns={columns}
              mayMove={mayEdit}
              responsible={row.responsible_id ? users.get(row.responsible_id)?.name : undefined}
              tag={vip && row.segment_ids?.includes(vip.id) ? vip : row.tag_ids.map((id) => tags.get(id)).find(Boolean)}
              onMove={(to) => move(row.id, to)}
              onFocus={() => reveal(range.start + i)}
            />
          ))}
        </div>
      </div>
    </section>
  )
}
