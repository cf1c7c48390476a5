import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, ask, type AuditEntry } from '@/shared/api'
import type { AuditQuery } from '../audit/query'

const A_PAGE = 50

/** Names of customers by their ids. Asked as rows of the list: opening the profiles would itself stand in the log. */
async function namesOf(ids: string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {}
  const query = { shape: 'row', ids: ids.join(','), limit: String(ids.length) }
  const { data } = await ask(api.GET('/customers', { params: { query } }))
  return Object.fromEntries(data.map((c) => [c.id, c.display_name ?? '']))
}

/** Whom entries are about without naming them: a note's customer, say. */
export function unnamed(entries: AuditEntry[]): string[] {
  return [...new Set(entries.flatMap((e) => (e.customer_id && e.customer_id !== e.subject ? [e.customer_id] : [])))]
}

async function readPage(query: AuditQuery, cursor: string | undefined) {
  const page = await ask(api.GET('/audit', { params: { query: { ...query, limit: String(A_PAGE), cursor } } }))
  // Who may read the log may not see customers: then it tells of them without names.
  return { ...page, names: await namesOf(unnamed(page.data)).catch(() => ({}) as Record<string, string>) }
}

/** Never kept: whoever comes back reads the newest. */
export const auditLog = (query: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) => readPage(query, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    gcTime: 0,
    staleTime: Infinity,
  })

export const customerName = (id: string) =>
  queryOptions({ queryKey: ['audit', 'name', id], queryFn: async () => (await namesOf([id]))[id] ?? null, staleTime: 60_000 })
