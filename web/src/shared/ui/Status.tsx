import type { Tone } from '../api'
import classes from './Status.module.css'

export function StatusPill({ name, tone }: { name: string; tone: Tone }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      <i className={classes.dot} aria-hidden />
      {name}
    </span>
  )
}

export function StatusDot({ tone, title }: { tone: Tone; title?: string }) {
  return <i className={classes.dot} data-tone={tone} title={title} aria-hidden />
}
