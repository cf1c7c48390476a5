import { Link } from '@tanstack/react-router'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import type { Line } from './lines'
import classes from './Reports.module.css'

const HEIGHT = 100
const EVERY = 4

/** A column a month. */
export function Columns({ title, lines, open }: { title: string; lines: Line[]; open: (line: Line) => string | undefined }) {
  const most = Math.max(1, ...lines.map((l) => l.count))
  return (
    <div className={classes.chart}>
      <p className={`${classes.scale} num`} aria-hidden>{count(most)}</p>
      <ol className={classes.columns} aria-label={title}>
        {lines.map((line, i) => (
          <li key={line.key} data-named={(lines.length - 1 - i) % EVERY === 0 || undefined}>
            <Link to="/customers" search={{ filter: open(line) }} preload={false} data-tip={t('{month}: {n}', { month: line.label, n: count(line.count) })} data-tip-side="top" aria-label={t('{month}: {n}', { month: line.label, n: count(line.count) })}>
              <svg viewBox={`0 0 10 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
                <rect y={HEIGHT - Math.max(line.count > 0 ? 1.5 : 0.5, (HEIGHT * line.count) / most)} width="10" height={HEIGHT} data-empty={line.count === 0 || undefined} />
              </svg>
            </Link>
            <span aria-hidden>{line.label}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
