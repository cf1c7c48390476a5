/** What may be looked for in the audit log, and what that asks of the API. */
import type { V1 } from '@/shared/api'
import { t } from '@/shared/i18n'
import type { AuditSearch, What } from './address'

export type AuditQuery = NonNullable<V1['/audit']['get']['parameters']['query']>

/** Sign-ins are told by their route, so that refused ones are among them. */
export const WHATS = {
  changes: { label: t('Changes'), query: { looks: 'false', refused: 'false' } },
  looks: { label: t('Everything that was looked at'), query: { looks: 'true' } },
  opened: { label: t('Opened profiles'), query: { kind: 'customer.opened' } },
  sensitive: { label: t('Sensitive fields read'), query: { kind: 'customer.sensitive_shown' } },
  searched: { label: t('Searches'), query: { kind: 'customers.searched' } },
  exported: { label: t('Exported lists'), query: { kind: 'export.made' } },
  taken: { label: t('Downloaded exports'), query: { kind: 'export.taken' } },
  refused: { label: t('What was refused'), query: { refused: 'true' } },
  entered: { label: t('Sign-ins'), query: { route: 'POST /api/v1/session' } },
} satisfies Record<What, { label: string; query: AuditQuery }>

/** As they stand in the menu. */
export const GROUPS: { label: string; whats: What[] }[] = [
  { label: t('What was done'), whats: ['changes', 'refused', 'entered'] },
  { label: t('Who looked'), whats: ['looks', 'opened', 'sensitive', 'searched'] },
  { label: t('What was taken out'), whats: ['exported', 'taken'] },
]

/** The first moment of a day here, or of one some days on. */
function midnight(day: string, on = 0): string {
  const [year, month, date] = day.split('-').map(Number)
  return new Date(year!, month! - 1, date! + on).toISOString()
}

export function auditQuery(s: AuditSearch): AuditQuery {
  return {
    ...(s.what && WHATS[s.what].query),
    ...(s.who && { actor: s.who }),
    ...(s.customer && { customer_id: s.customer }),
    ...(s.since && { 'at[gte]': midnight(s.since) }),
    ...(s.until && { 'at[lt]': midnight(s.until, 1) }),
    ...(s.request && { request: s.request }),
    ...(s.address && { address: s.address }),
  }
}
