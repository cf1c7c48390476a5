import type { ReactNode } from 'react'
import type { AuditEntry } from '@/shared/api'
import { exactTime } from '@/shared/format'
import { t } from '@/shared/i18n'
import type { AuditSearch } from './address'
import own from './Audit.module.css'
import { fieldWord } from './fields'
import type { Piece } from './sentences'

interface Props {
  id: string
  entry: AuditEntry
  pieces: Piece[]
  custom: (key: string) => string | undefined
  onSearch: (to: Partial<AuditSearch>) => void
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What stands behind the sentence, and the ways to look for more of the same. */
export function EntryDetails({ id, entry, pieces, custom, onSearch }: Props) {
  const customer = pieces.find((p) => p.customer)
  const only = (label: string, to: Partial<AuditSearch>) => <button type="button" onClick={() => onSearch(to)}>{label}</button>
  const { actor } = entry
  return (
    <div id={id} className={own.details}>
      <dl>
        <Line label={t('When')}><time dateTime={entry.at}>{exactTime(entry.at)}</time></Line>
        {entry.fields.length > 0 && <Line label={t('Changed fields')}>{entry.fields.map((f) => fieldWord(f, custom)).join(', ')}</Line>}
        <Line label={t('From the address')}><code dir="ltr">{entry.address}</code></Line>
        <Line label={t('Request')}><code dir="ltr">{entry.request}</code></Line>
        <Line label={t('Route')}><code dir="ltr">{entry.route} → {entry.outcome}</code></Line>
        {entry.subject && <Line label={t('About')}><code dir="ltr">{entry.subject}</code></Line>}
        <Line label={t('In the chain')}>{entry.seq > 0 ? <code dir="ltr">{entry.seq} · {entry.hash}</code> : t('Older than the chain')}</Line>
      </dl>
      <p className={own.only}>
        {only(t('Only by {name}', { name: actor.name || t('this one') }), { who: actor.id ?? (actor.kind === 'system' ? 'system' : 'nobody') })}
        {customer && only(t('Only about {name}', { name: customer.text }), { customer: customer.customer })}
        {only(t('Only this request'), { request: entry.request })}
        {only(t('Only from this address'), { address: entry.address })}
      </p>
    </div>
  )
}
