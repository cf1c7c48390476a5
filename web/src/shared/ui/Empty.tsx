import type { ReactNode } from 'react'
import classes from './Empty.module.css'

interface Props {
  icon?: ReactNode
  title: string
  /** The one next step, in a sentence. */
  children?: ReactNode
  action?: ReactNode
}

export function Empty({ icon, title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.text}>{children}</p>}
      {action}
    </div>
  )
}
