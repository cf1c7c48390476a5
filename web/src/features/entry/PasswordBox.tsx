import { IconCheck, IconEye, IconEyeOff, IconPoint } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { t } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import fieldClasses from '@/shared/ui/Fields.module.css'
import classes from './Card.module.css'

const SHORTEST = 12

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string
  /** A password being chosen: the rule is said, and ticked off when met. */
  choosing?: boolean
  autoFocus?: boolean
}

export function PasswordBox({ label, value, onChange, error, choosing, autoFocus }: Props) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const met = [...value].length >= SHORTEST
  return (
    <div className={fieldClasses.field}>
      <label htmlFor={id} className={fieldClasses.label}>{label}</label>
      <div className={classes.password}>
        <input
          id={id}
          className={fieldClasses.box}
          type={shown ? 'text' : 'password'}
          autoComplete={choosing ? 'new-password' : 'current-password'}
          autoFocus={autoFocus}
          spellCheck={false}
          required
          value={value}
          onChange={(e) => onChange(e.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || choosing ? `${id}-note` : undefined}
        />
        <IconButton small className={classes.show} label={shown ? t('Hide the password') : t('Show the password')} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
        </IconButton>
      </div>
      {error ? (
        <p id={`${id}-note`} className={fieldClasses.error}>{error}</p>
      ) : (
        choosing && (
          <p id={`${id}-note`} className={classes.rule} data-met={met || undefined}>
            {met ? <IconCheck size={14} stroke={2.2} aria-hidden /> : <IconPoint size={14} aria-hidden />}
            {t('At least 12 characters; a few words in a row are easy to remember')}
          </p>
        )
      )}
    </div>
  )
}
