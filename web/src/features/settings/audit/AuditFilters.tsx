import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, SelectBox, TextBox } from '@/shared/ui'
import { keysQuery, useUsers } from '@/shared/vocabulary'
import type { AuditSearch, What } from './address'
import own from './Audit.module.css'
import { CustomerFilter } from './CustomerFilter'
import { GROUPS, WHATS } from './query'

interface Props {
  search: AuditSearch
  onChange: (to: Partial<AuditSearch>) => void
}

/** By whom, what, about whom, when. All of it stands in the address. */
export function AuditFilters({ search, onChange }: Props) {
  const filtered = Object.keys(search).length > 0
  const nothing: AuditSearch = { who: undefined, what: undefined, customer: undefined, since: undefined, until: undefined, request: undefined, address: undefined }
  return (
    <div className={own.filters} role="search" aria-label={t('Search the audit log')}>
      <Who search={search} onChange={onChange} />
      <SelectBox label={t('What')} value={search.what ?? ''} onChange={(e) => onChange({ what: (e.target.value as What) || undefined })}>
        <option value="">{t('Everything')}</option>
        {GROUPS.map((g) => (
          <optgroup key={g.label} label={g.label}>
            {g.whats.map((w) => <option key={w} value={w}>{WHATS[w].label}</option>)}
          </optgroup>
        ))}
      </SelectBox>
      <CustomerFilter id={search.customer} onChange={(customer) => onChange({ customer })} />
      <TextBox label={t('From')} type="date" max={search.until} value={search.since ?? ''} onChange={(e) => onChange({ since: e.target.value || undefined })} />
      <TextBox label={t('Until')} type="date" min={search.since} value={search.until ?? ''} onChange={(e) => onChange({ until: e.target.value || undefined })} />
      {filtered && (
        <div className={own.set}>
          {search.request && <Chip label={t('Request {id}', { id: search.request })} onRemove={() => onChange({ request: undefined })} />}
          {search.address && <Chip label={t('From {address}', { address: search.address })} onRemove={() => onChange({ address: undefined })} />}
          <Button compact tone="quiet" onClick={() => onChange(nothing)}>{t('Clear the filters')}</Button>
        </div>
      )}
    </div>
  )
}

function Who({ search, onChange }: Props) {
  const users = useUsers()
  const mayKeys = useCan()('keys.view')
  const keys = useQuery({ ...keysQuery, enabled: mayKeys }).data ?? []
  const known = !search.who || ['system', 'nobody'].includes(search.who) || [...users, ...keys].some((x) => x.id === search.who)
  return (
    <SelectBox label={t('Who')} value={search.who ?? ''} onChange={(e) => onChange({ who: e.target.value || undefined })}>
      <option value="">{t('Anyone')}</option>
      {!known && <option value={search.who}>{search.who}</option>}
      <optgroup label={t('Staff')}>{users.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}</optgroup>
      {keys.length > 0 && <optgroup label={t('API keys')}>{keys.map((k) => <option key={k.id} value={k.id}>{k.name}</option>)}</optgroup>}
      <optgroup label={t('Others')}>
        <option value="system">{t('Patron itself')}</option>
        <option value="nobody">{t('Nobody signed in')}</option>
      </optgroup>
    </SelectBox>
  )
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className={own.chip}>
      <bdi>{label}</bdi>
      <button type="button" aria-label={t('Remove: {what}', { what: label })} onClick={onRemove}><IconX size={14} stroke={2} aria-hidden /></button>
    </span>
  )
}
