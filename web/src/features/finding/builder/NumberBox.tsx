import { useState } from 'react'
import type { FilterField, Operand } from '@/shared/api'
import { decimal, parseMinor } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { TextBox } from '@/shared/ui'
import { useFields } from '@/shared/vocabulary'

interface Props {
  label: string
  field?: FilterField
  /** In minor units where money is meant. */
  money?: boolean
  value: Operand | undefined
  first?: boolean
  onChange: (value: Operand) => void
}

/** A number, or an amount in the business's currency, which is kept in minor units. */
export function NumberBox({ label, field, money, value, first, onChange }: Props) {
  const currency = useSession()?.business.currency ?? 'EUR'
  const fields = useFields()
  const isMoney = money ?? fields.some((f) => f.type === 'money' && `custom.${f.key}` === field?.name)
  const [text, setText] = useState(() => (value === undefined || value === '' ? '' : isMoney ? decimal({ amount: Number(value), currency }) : String(value)))
  const read = (typed: string): Operand | undefined => {
    if (isMoney) return parseMinor(typed, currency)
    const n = Number(typed.replace(',', '.'))
    return typed.trim() === '' || Number.isNaN(n) ? undefined : n
  }
  const wrong = text.trim() !== '' && read(text) === undefined
  return (
    <TextBox
      label={isMoney ? t('{label}, {currency}', { label, currency }) : label}
      inputMode="decimal"
      data-autofocus={first || undefined}
      error={wrong ? t('This is not a number') : undefined}
      value={text}
      onChange={(e) => { setText(e.target.value); onChange(read(e.target.value) ?? '') }}
    />
  )
}
