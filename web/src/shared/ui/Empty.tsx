import type { ReactNode } from 'react'
import classes from './Empty.module.css'

interface Props {
  icon?: ReactNode
  title: string
  /** Where it is the whole page, its title is the page's heading. */
  page?: boolean
  /** The one next step, in a sentence. */
  children?: ReactNode
  action?: ReactNode
}

export function Empty({ icon, title, page, children, action }: Props) {
  return (
    <div className={classes.empty}>
      {icon && <span className={classes.icon}>{icon}</span>}
      {page ? <h1 className={classes.title}>{title}</h1> : <p className={classes.title}>{title}</p>}
      {children && <p className={classes.text}>{children}</p>}
      {action}
    </div>
  )
}
