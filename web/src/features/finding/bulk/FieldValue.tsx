import { useState } from 'react'
import type { Field } from '@/shared/api'
import { languageOptions } from '@/shared/choices'
import { fromLocalInput, parseMinor } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { CheckBox, SelectBox, TextBox } from '@/shared/ui'
import { useFields, useUsers } from '@/shared/vocabulary'
import type { Drafted } from './actions'
import classes from './Bulk.module.css'

type Kind = 'text' | 'number' | 'money' | 'date' | 'moment' | 'flag' | 'one' | 'several'
interface Settable {
  key: string
  label: string
  kind: Kind
  options?: { value: string; label: string }[]
}

const KINDS: Partial<Record<Field['type'], Kind>> = { number: 'number', money: 'money', date: 'date', date_time: 'moment', checkbox: 'flag', choice: 'one', choices: 'several', user: 'one' }
const CHANNELS = [['email', t('E-mail')], ['call', t('Call')], ['whatsapp', t('WhatsApp')], ['sms', t('SMS')], ['post', t('Post')]].map(([value, label]) => ({ value: value!, label: label! }))

function useSettable(): Settable[] {
  const users = useUsers()
  const own = useFields().filter((f) => f.type !== 'file' && f.type !== 'customer').map((f): Settable => ({
    key: `custom.${f.key}`, label: f.label, kind: KINDS[f.type] ?? 'text', options: f.type === 'user' ? users.map((u) => ({ value: u.id, label: u.name })) : f.options,
  }))
  return [
    ...own,
    { key: 'source', label: t('Source'), kind: 'text' },
    { key: 'kind', label: t('Kind'), kind: 'one', options: [{ value: 'person', label: t('Person') }, { value: 'company', label: t('Company') }] },
    { key: 'language', label: t('Language'), kind: 'one', options: languageOptions() },
    { key: 'newsletter', label: t('Newsletter'), kind: 'flag' },
    { key: 'preferred_contact', label: t('Preferred contact'), kind: 'one', options: CHANNELS },
    { key: 'customer_since', label: t('Customer since'), kind: 'date' },
  ]
}

/** Which field gets which value; nothing at all empties it. */
export function FieldValue({ drafted, onChange }: { drafted: Drafted; onChange: (drafted: Drafted) => void }) {
  const settable = useSettable()
  const field = settable.find((f) => f.key === drafted.field)
  const emptied = drafted.value === null
  return (
    <div className={classes.fields}>
      <SelectBox label={t('Field')} data-autofocus value={drafted.field ?? ''} onChange={(e) => onChange({ field: e.target.value || undefined })}>
        <option value="">{t('Choose a field')}</option>
        {settable.map((f) => <option key={f.key} value={f.key}>{f.label}</option>)}
      </SelectBox>
      {field && !emptied && <Value key={field.key} field={field} value={drafted.value} onChange={(value) => onChange({ field: field.key, value })} />}
      {field && field.key !== 'kind' && field.key !== 'newsletter' && <CheckBox label={t('Empty it')} checked={emptied} onChange={(e) => onChange({ field: field.key, value: e.target.checked ? null : undefined })} />}
    </div>
  )
}

function Value({ field, value, onChange }: { field: Settable; value: unknown; onChange: (value: unknown) => void }) {
  const currency = useSession()?.business.currency ?? 'EUR'
  const [text, setText] = useState('')
  const typed = (next: string, read: (text: string) => unknown) => {
    setText(next)
    onChange(next.trim() === '' ? undefined : read(next))
  }
  switch (field.kind) {
    case 'flag':
      return (
        <SelectBox label={t('Value')} value={value === undefined ? '' : String(value)} onChange={(e) => onChange(e.target.value === '' ? undefined : e.target.value === 'true')}>
          <option value="">{t('Choose')}</option>
          <option value="true">{t('Yes')}</option>
          <option value="false">{t('No')}</option>
        </SelectBox>
      )
    case 'one':
      return (
        <SelectBox label={t('Value')} value={String(value ?? '')} onChange={(e) => onChange(e.target.value || undefined)}>
          <option value="">{t('Choose')}</option>
          {field.options?.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </SelectBox>
      )
    case 'several': {
      const list = Array.isArray(value) ? value.map(String) : []
      const toggle = (one: string) => {
        const next = list.includes(one) ? list.filter((x) => x !== one) : [...list, one]
        onChange(next.length > 0 ? next : undefined)
      }
      return <fieldset className={classes.checks}><legend>{t('Value')}</legend>{field.options?.map((o) => <CheckBox key={o.value} label={o.label} checked={list.includes(o.value)} onChange={() => toggle(o.value)} />)}</fieldset>
    }
    case 'number': return <TextBox label={t('Value')} inputMode="decimal" value={text} onChange={(e) => typed(e.target.value, (x) => { const n = Number(x.replace(',', '.')); return Number.isNaN(n) ? undefined : n })} />
    case 'money': return <TextBox label={t('Value, {currency}', { currency })} inputMode="decimal" value={text} onChange={(e) => typed(e.target.value, (x) => { const amount = parseMinor(x, currency); return amount === undefined ? undefined : { amount, currency } })} />
    case 'date': return <TextBox label={t('Value')} type="date" value={String(value ?? '')} onChange={(e) => onChange(e.target.value || undefined)} />
    case 'moment': return <TextBox label={t('Value')} type="datetime-local" value={text} onChange={(e) => typed(e.target.value, fromLocalInput)} />
    default: return <TextBox label={t('Value')} value={text} onChange={(e) => typed(e.target.value, (x) => x.trim())} />
  }
}
