/** A value of any kind, typed in a form: a field of a new customer, or what many customers get at once. */
import { useState } from 'react'
import type { Field } from '../api'
import { fromLocalInput, parseMinor } from '../format'
import { t } from '../i18n'
import { useSession } from '../session'
import { CheckBox, SelectBox, TextBox } from '../ui'
import classes from './values.module.css'

export type ValueKind = 'text' | 'number' | 'money' | 'date' | 'moment' | 'flag' | 'one' | 'several'

const KINDS: Partial<Record<Field['type'], ValueKind>> = { number: 'number', money: 'money', date: 'date', date_time: 'moment', checkbox: 'flag', choice: 'one', choices: 'several', user: 'one' }

/** How a custom field's values are typed; none for what is uploaded or looked up. */
export const valueKind = (type: Field['type']): ValueKind | undefined => (type === 'file' || type === 'customer' ? undefined : (KINDS[type] ?? 'text'))

interface Props {
  label: string
  kind: ValueKind
  options?: { value: string; label: string }[]
  value: unknown
  error?: string
  help?: string
  /** Undefined when there is none, or what is typed is none yet. */
  onChange: (value: unknown) => void
}

export function ValueBox({ label, kind, options, value, error, help, onChange }: Props) {
  const currency = useSession()?.business.currency ?? 'EUR'
  const [text, setText] = useState('')
  const typed = (next: string, read: (text: string) => unknown) => {
    setText(next)
    onChange(next.trim() === '' ? undefined : read(next))
  }
  const shared = { label, error, help }
  switch (kind) {
    case 'flag':
      return (
        <SelectBox {...shared} value={value === undefined ? '' : String(value)} onChange={(e) => onChange(e.target.value === '' ? undefined : e.target.value === 'true')}>
          <option value="">{t('Choose')}</option>
          <option value="true">{t('Yes')}</option>
          <option value="false">{t('No')}</option>
        </SelectBox>
      )
    case 'one':
      return (
        <SelectBox {...shared} value={String(value ?? '')} onChange={(e) => onChange(e.target.value || undefined)}>
          <option value="">{t('Choose')}</option>
          {options?.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
        </SelectBox>
      )
    case 'several': {
      const list = Array.isArray(value) ? value.map(String) : []
      const toggle = (one: string) => {
        const next = list.includes(one) ? list.filter((x) => x !== one) : [...list, one]
        onChange(next.length > 0 ? next : undefined)
      }
      return (
        <fieldset className={classes.checks}>
          <legend>{label}</legend>
          {options?.map((o) => <CheckBox key={o.value} label={o.label} checked={list.includes(o.value)} onChange={() => toggle(o.value)} />)}
          {error && <p>{error}</p>}
        </fieldset>
      )
    }
    case 'number': return <TextBox {...shared} inputMode="decimal" value={text} onChange={(e) => typed(e.target.value, (x) => { const n = Number(x.replace(',', '.')); return Number.isNaN(n) ? undefined : n })} />
    case 'money': return <TextBox {...shared} label={`${label}, ${currency}`} inputMode="decimal" value={text} onChange={(e) => typed(e.target.value, (x) => { const amount = parseMinor(x, currency); return amount === undefined ? undefined : { amount, currency } })} />
    case 'date': return <TextBox {...shared} type="date" value={String(value ?? '')} onChange={(e) => onChange(e.target.value || undefined)} />
    case 'moment': return <TextBox {...shared} type="datetime-local" value={text} onChange={(e) => typed(e.target.value, fromLocalInput)} />
    default: return <TextBox {...shared} value={text} onChange={(e) => typed(e.target.value, (x) => x.trim())} />
  }
}
