import type { ReactNode } from 'react'
import { t } from '@/shared/i18n'
import { Logo } from '@/shared/ui'
import classes from './Card.module.css'

interface Props {
  title: string
  lead?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** The quiet page in front of the workspace: one card, one thing to do. */
export function Card({ title, lead, wide, children }: Props) {
  return (
    <main className={classes.page}>
      <div className={classes.card} data-wide={wide || undefined}>
        <div className={classes.brand}>
          <Logo />
          {t('Patron')}
        </div>
        <h1>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  )
}

/** What holds for the whole form, above its button. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <p className={classes.error} role="alert">
      {children}
    </p>
  )
}
