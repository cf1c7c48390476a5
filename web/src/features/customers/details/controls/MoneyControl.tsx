import type { Money } from '@/shared/api'
import { decimal, money, parseMinor } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useState } from 'react'
import classes from './controls.module.css'
import { TextControl } from './TextControl'

interface Props {
  id: string
  value: Money | null
  /** The currency of a value to come: the business's own. */
  currency: string
  readOnly?: boolean
  invalid?: boolean
  onBegin: () => void
  onEnd: () => void
  onSave: (value: Money | null) => Promise<boolean>
}

export function MoneyControl({ id, value, currency, onSave, ...rest }: Props) {
  const [wrong, setWrong] = useState(false)
  const unit = value?.currency ?? currency
  const save = async (text: string) => {
    const amount = text ? parseMinor(text, unit) : null
    setWrong(amount === undefined)
    if (amount === undefined) return false
    return onSave(amount === null ? null : { amount, currency: unit })
  }
  return (
    <div className={classes.money}>
      <span className={classes.unit}>{unit}</span>
      <TextControl id={id} value={value ? decimal(value) : ''} onSave={save} onRestore={() => setWrong(false)} {...rest} invalid={rest.invalid || wrong} />
      {value && <span className="sr">{money(value)}</span>}
      {wrong && <span id={`${id}-error`} role="alert" className={classes.wrong}>{t('This is not an amount')}</span>}
    </div>
  )
}
