import { useEffect, useId, useRef, useState } from 'react'
import classes from './settings.module.css'

interface Props {
  label: string
  value: string
  disabled?: boolean
  /** Resolves when it is kept; what it throws is said below, and the text stays as typed. */
  onSave: (value: string) => Promise<unknown>
}

/** A name that is edited where it stands: saved on Enter and on leaving, Esc restores. */
export function InlineText({ label, value, disabled, onSave }: Props) {
  const id = useId()
  const [text, setText] = useState(value)
  const [error, setError] = useState<string>()
  const focused = useRef(false)
  const restored = useRef(false)
  useEffect(() => {
    if (!focused.current) setText(value)
  }, [value])
  const save = () => {
    focused.current = false
    const wanted = text.trim()
    if (restored.current || !wanted || wanted === value) {
      restored.current = false
      setText(value)
      setError(undefined)
      return
    }
    onSave(wanted).then(
      () => setError(undefined),
      (refused: unknown) => setError(refused instanceof Error ? refused.message : String(refused)),
    )
  }
  return (
    <div className={classes.main}>
      <input
        className={classes.inline}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        value={text}
        disabled={disabled}
        onFocus={() => (focused.current = true)}
        onChange={(e) => setText(e.target.value)}
        onBlur={save}
        onKeyDown={(e) => {
          if (e.key === 'Escape') restored.current = true
          if (e.key === 'Enter' || e.key === 'Escape') e.currentTarget.blur()
        }}
      />
      {error && <p id={id} role="alert" className={classes.inlineError}>{error}</p>}
    </div>
  )
}
