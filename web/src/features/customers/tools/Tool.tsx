import type { ReactNode } from 'react'
import classes from './ToolsPanel.module.css'

export function Tool({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.tool}>
      <header>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  )
}
