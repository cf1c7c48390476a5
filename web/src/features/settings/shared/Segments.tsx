import { useId, type ReactNode } from 'react'
import fieldClasses from '@/shared/ui/Fields.module.css'
import classes from './settings.module.css'

interface Props<T extends string> {
  label: string
  value: T
  options: { value: T; label: string; icon?: ReactNode }[]
  disabled?: boolean
  onChange: (value: T) => void
}

export function Segments<T extends string>({ label, value, options, disabled, onChange }: Props<T>) {
  const name = useId()
  return (
    <div className={fieldClasses.field} role="radiogroup" aria-label={label}>
      <span className={fieldClasses.label} aria-hidden>{label}</span>
      <div className={classes.segments}>
        {options.map((o) => (
          <label key={o.value}>
            <input type="radio" name={name} value={o.value} checked={o.value === value} disabled={disabled} onChange={() => onChange(o.value)} />
            <span>
              {o.icon}
              {o.label}
            </span>
          </label>
        ))}
      </div>
    </div>
  )
}
