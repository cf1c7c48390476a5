import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react'
import classes from './Fields.module.css'

interface Shared {
  label: string
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean
  error?: string
  help?: string
}

function Wrap({ id, label, hideLabel, error, help, children }: Shared & { id: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={hideLabel ? 'sr' : classes.label}>{label}</label>
      {children}
      {error ? <p id={`${id}-note`} className={classes.error}>{error}</p> : help && <p id={`${id}-note`} className={classes.help}>{help}</p>}
    </div>
  )
}

type TextBoxProps = Shared & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }

export function TextBox({ label, hideLabel, error, help, ...rest }: TextBoxProps) {
  const id = useId()
  return (
    <Wrap {...{ id, label, hideLabel, error, help }}>
      <input id={id} className={classes.box} aria-invalid={error ? true : undefined} aria-describedby={error || help ? `${id}-note` : undefined} {...rest} />
    </Wrap>
  )
}

type SelectBoxProps = Shared & SelectHTMLAttributes<HTMLSelectElement>

export function SelectBox({ label, hideLabel, error, help, children, ...rest }: SelectBoxProps) {
  const id = useId()
  return (
    <Wrap {...{ id, label, hideLabel, error, help }}>
      <select id={id} className={classes.box} aria-invalid={error ? true : undefined} aria-describedby={error || help ? `${id}-note` : undefined} {...rest}>
        {children}
      </select>
    </Wrap>
  )
}

type AreaBoxProps = Shared & TextareaHTMLAttributes<HTMLTextAreaElement>

export function AreaBox({ label, hideLabel, error, help, ...rest }: AreaBoxProps) {
  const id = useId()
  return (
    <Wrap {...{ id, label, hideLabel, error, help }}>
      <textarea id={id} className={classes.box} rows={3} aria-invalid={error ? true : undefined} aria-describedby={error || help ? `${id}-note` : undefined} {...rest} />
    </Wrap>
  )
}

type CheckBoxProps = Omit<Shared, 'hideLabel' | 'error'> & Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>

export function CheckBox({ label, help, ...rest }: CheckBoxProps) {
  const id = useId()
  return (
    <div className={classes.check}>
      <input id={id} type="checkbox" aria-describedby={help ? `${id}-note` : undefined} {...rest} />
      <label htmlFor={id}>{label}</label>
      {help && <p id={`${id}-note`} className={classes.help}>{help}</p>}
    </div>
  )
}
