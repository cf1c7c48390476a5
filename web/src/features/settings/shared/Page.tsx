import type { ReactNode } from 'react'
import { ApiError } from '@/shared/api'
import classes from './settings.module.css'

interface Props {
  title: string
  lead?: string
  action?: ReactNode
  /** The way back, over the title. */
  above?: ReactNode
  wide?: boolean
  children: ReactNode
}

export function Page({ title, lead, action, above, wide, children }: Props) {
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      {above}
      <div className={classes.head}>
        <div>
          <h2 dir="auto">{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </div>
  )
}

/** What was refused about the whole form; spots with a field of their own say it there. */
export function Refused({ error, fields = [] }: { error: unknown; fields?: string[] }) {
  if (!error) return null
  const text = error instanceof ApiError ? error.besides(fields).join(' ') : error instanceof Error ? error.message : String(error)
  return text ? <p className={classes.error} role="alert">{text}</p> : null
}

export const at = (error: unknown, pointer: string) => (error instanceof ApiError ? error.at(pointer) : undefined)
