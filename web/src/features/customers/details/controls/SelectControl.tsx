import { useState } from 'react'
import classes from './controls.module.css'

interface Props {
  id: string
  label?: string
  value: string
  options: { value: string; label: string }[]
  /** What an empty value is called; leave out when there must be one. */
  none?: string
  invalid?: boolean
  readOnly?: boolean
  onBegin?: () => void
  onEnd?: () => void
  onSave: (value: string) => void
}

export function SelectControl({ id, label, value, options, none, invalid, readOnly, onBegin, onEnd, onSave }: Props) {
  // Long lists (time zones, countries) are put into the page only when someone is about to open them.
  const [near, setNear] = useState(false)
  const shown = near || options.length < 12 ? options : options.filter((o) => o.value === value)
  const unknown = value && !options.some((o) => o.value === value)
  return (
    <select
      id={id}
      className={classes.control}
      aria-label={label}
      aria-invalid={invalid || undefined}
      data-empty={value ? undefined : true}
      disabled={readOnly}
      value={value}
      onPointerEnter={() => setNear(true)}
      onFocus={() => {
        setNear(true)
        onBegin?.()
      }}
      onBlur={onEnd}
      onChange={(e) => onSave(e.target.value)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {unknown && <option value={value}>{value}</option>}
      {shown.map((o) => (
        <option key={o.value} value={o.value}>{o.label}</option>
      ))}
    </select>
  )
}
