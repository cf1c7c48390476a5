import type { ReactNode } from 'react'
import { t } from '@/shared/i18n'
import classes from './Details.module.css'

interface Props {
  id: string
  label: string
  error?: string
  help?: string | null
  writer?: string
  required?: boolean
  children: ReactNode
}

/** A field's name beside its value, with what went wrong below. */
export function FieldLine({ id, label, error, help, writer, required, children }: Props) {
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
        {required && <span className={classes.required}> *<span className="sr">{t('required')}</span></span>}
      </label>
      <div className={classes.value}>
        {children}
        {writer && <p className={classes.writer}>{t('{name} is writing here', { name: writer })}</p>}
        {error ? <p id={`${id}-error`} className={classes.error} role="alert">{error}</p> : help && <p className={classes.help}>{help}</p>}
      </div>
    </div>
  )
}
