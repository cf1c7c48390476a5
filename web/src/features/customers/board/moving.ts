import type { QueryClient } from '@tanstack/react-query'
import type { Status, Tally } from '@/shared/api'
import { t } from '@/shared/i18n'
import { toast } from '@/shared/ui'
import { editFromList } from '../api/edit'
import { findRow, patchRows, prependRow, rowsKey, type RowPages } from '../api/rows'

/** The numbers over the columns, one less here and one more there. */
export function recounted(tally: Tally, from: string | null, to: string | null): Tally {
  const by = new Map([[from, -1], [to, 1]])
  const known = tally.data.map((line) => ({ ...line, count: line.count + (by.get(line.value) ?? 0) }))
  const isNew = !tally.data.some((line) => line.value === to)
  return { ...tally, data: isNew ? [...known, { value: to, count: 1, sums: [] }] : known }
}

function show(client: QueryClient, id: string, from: string | null, to: string | null) {
  const row = findRow(client, id)
  patchRows(client, [{ id, status_id: to }])
  client.setQueriesData<Tally>({ queryKey: ['finding', 'tally', 'status_id'] }, (tally) => tally && recounted(tally, from, to))
  if (!row || to === null) return
  // On top of its new column, and the focus goes along.
  const held = document.activeElement?.getAttribute('data-card') === id
  client.setQueriesData<RowPages>({ queryKey: rowsKey, predicate: (q) => (q.queryKey[2] as { status_id?: string } | undefined)?.status_id === to }, (pages) => pages && prependRow(pages, { ...row, status_id: to }))
  if (held) setTimeout(() => document.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus(), 60)
}

async function write(client: QueryClient, id: string, from: string | null, to: string | null) {
  show(client, id, from, to)
  try {
    await editFromList(client, id, { status_id: to })
  } catch (error) {
    show(client, id, to, from)
    toast.failed(error)
    return
  } finally {
    void client.invalidateQueries({ queryKey: ['finding', 'tally', 'status_id'] })
  }
  return true
}

/** Gives a customer another status: shown at once, and the way back is offered. */
export function moveOnBoard(client: QueryClient, id: string, to: Status) {
  const row = findRow(client, id)
  if (!row || row.status_id === to.id) return
  const from = row.status_id
  void write(client, id, from, to.id).then((done) => {
    if (done) toast.undo(t('{name} is now {status}', { name: row.display_name, status: to.name }), () => void write(client, id, to.id, from))
  })
}
