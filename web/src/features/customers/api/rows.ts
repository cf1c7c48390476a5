/** Keeping the list true without reading it again: rows are patched in every loaded page. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { CustomerInput, CustomerRow, List } from '@/shared/api'
import type { Query } from './search'

/** A page of the list, and what it was asked for: while the next search is read, the rows are still the last one's. */
export type RowPage = List<CustomerRow> & { asked?: Query }
export type RowPages = InfiniteData<RowPage, string | undefined>

export const rowsKey = ['customers', 'rows'] as const

type RowChange = Partial<CustomerRow> & { id: string }

/** The pages with some rows changed and some taken out. Pages without a change stay the same objects. */
export function patchPages(pages: RowPages, changes: RowChange[], gone: readonly string[] = []): RowPages {
  const byId = new Map(changes.map((c) => [c.id, c]))
  let changed = false
  const next = pages.pages.map((page) => {
    const touches = page.data.some((row) => byId.has(row.id) || gone.includes(row.id))
    if (!touches) return page
    changed = true
    const data = page.data.filter((row) => !gone.includes(row.id)).map((row) => ({ ...row, ...byId.get(row.id) }))
    return { ...page, data, total: page.total - (page.data.length - data.length) }
  })
  return changed ? { ...pages, pages: next } : pages
}

export function patchRows(client: QueryClient, changes: RowChange[], gone: readonly string[] = []) {
  client.setQueriesData<RowPages>({ queryKey: rowsKey }, (pages) => pages && patchPages(pages, changes, gone))
}

/** Puts a row on top of a list, once. */
export function prependRow(pages: RowPages, row: CustomerRow): RowPages {
  const [first, ...rest] = pages.pages
  if (!first || pages.pages.some((p) => p.data.some((r) => r.id === row.id))) return pages
  return { ...pages, pages: [{ ...first, data: [row, ...first.data], total: first.total + 1 }, ...rest] }
}

/** What an edit of the record changes on its row. */
export function rowChange(id: string, patch: CustomerInput): RowChange {
  const change: RowChange = { id }
  if (patch.display_name) change.display_name = patch.display_name
  if (patch.kind) change.kind = patch.kind
  if (patch.company_name !== undefined) change.company_name = patch.company_name
  if (patch.folder_id !== undefined) change.folder_id = patch.folder_id
  if (patch.status_id !== undefined) change.status_id = patch.status_id
  if (patch.tag_ids) change.tag_ids = patch.tag_ids
  if (patch.workers) change.responsible_id = patch.workers.find((w) => w.responsible)?.user_id ?? null
  return change
}

export function findRow(client: QueryClient, id: string): CustomerRow | undefined {
  for (const [, pages] of client.getQueriesData<RowPages>({ queryKey: rowsKey })) {
    for (const page of pages?.pages ?? []) {
      const row = page.data.find((r) => r.id === id)
      if (row) return row
    }
  }
  return undefined
}
