import classes from './controls.module.css'

interface Props {
  label: string
  value: string[]
  options: { value: string; label: string; tone?: string }[]
  readOnly?: boolean
  onSave: (value: string[]) => void
}

/** Several of a few: each a button that is on or off. */
export function ChoicesControl({ label, value, options, readOnly, onSave }: Props) {
  const toggle = (v: string) => onSave(value.includes(v) ? value.filter((x) => x !== v) : [...value, v])
  return (
    <div className={classes.choices} role="group" aria-label={label}>
      {options.map((o) => (
        <button key={o.value} type="button" data-tone={o.tone ?? 'info'} aria-pressed={value.includes(o.value)} disabled={readOnly} onClick={() => toggle(o.value)}>
          {o.label}
        </button>
      ))}
    </div>
  )
}
