import type { Icon } from '@tabler/icons-react'
import { useId } from 'react'
import classes from './Choices.module.css'

interface Props<T extends string> {
  label: string
  value: T
  options: { value: T; label: string; help: string; icon: Icon; disabled?: boolean }[]
  disabled?: boolean
  onChange: (value: T) => void
}

/** One of a few, each explained in a sentence. */
export function Choices<T extends string>({ label, value, options, disabled, onChange }: Props<T>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={classes.choices}>
      {options.map(({ value: own, label: title, help, icon: Picture, disabled: never }) => (
        <label key={own} className={classes.choice} data-off={disabled || never || undefined}>
          <input type="radio" name={name} value={own} checked={own === value} disabled={disabled || never} aria-describedby={`${name}-${own}`} onChange={() => onChange(own)} />
          <Picture size={18} stroke={1.7} aria-hidden />
          <b>{title}</b>
          <span id={`${name}-${own}`}>{help}</span>
        </label>
      ))}
    </div>
  )
}
