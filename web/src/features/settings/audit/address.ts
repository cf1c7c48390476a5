/** What the address of the audit log narrows it to. */

/** What may be looked for. */
const WHATS = ['changes', 'looks', 'opened', 'sensitive', 'searched', 'exported', 'taken', 'refused', 'entered'] as const
export type What = (typeof WHATS)[number]

export interface AuditSearch {
  /** A colleague, an API key, an import; or nobody, or Patron itself. */
  who?: string
  what?: What
  customer?: string
  /** Whole days of the viewer's calendar, both included. */
  since?: string
  until?: string
  request?: string
  address?: string
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined)
const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined)

export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {
    who: text(raw.who), what: WHATS.find((w) => w === raw.what), customer: text(raw.customer),
    since: day(raw.since), until: day(raw.until), request: text(raw.request), address: text(raw.address),
  }
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined))
}
