import { Link } from '@tanstack/react-router'
import { shareText } from '@/features/finding/build'
import { count } from '@/shared/format'
import type { Line } from './lines'
import classes from './Reports.module.css'

interface Props {
  lines: Line[]
  total: number
  open: (line: Line) => string | undefined
}

/** A bar a line, the longest filling the width. */
export function Bars({ lines, total, open }: Props) {
  const most = Math.max(1, ...lines.map((l) => l.count))
  return (
    <ul className={classes.bars}>
      {lines.map((line) => (
        <li key={line.key}>
          <Link to="/customers" search={{ filter: open(line) }} preload={false} data-none={line.value === null || undefined}>
            <span className={classes.label}>{line.label}{line.detail && <small>{line.detail}</small>}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden><rect width={Math.max(0.6, (100 * line.count) / most)} height="10" /></svg>
            <b className="num">{count(line.count)}</b>
            <small className="num">{shareText(line.count, total)}</small>
          </Link>
        </li>
      ))}
    </ul>
  )
}
