import { t } from '@/shared/i18n'
import classes from './Imports.module.css'
import { STEP, type Stage } from './steps'

const NAMES = [t('1. Columns'), t('2. Dry run'), t('3. Import')]

export function Steps({ stage }: { stage: Stage }) {
  const now = STEP[stage]
  return (
    <ol className={classes.steps} aria-label={t('Steps')}>
      {NAMES.map((name, i) => (
        <li key={name} aria-current={i + 1 === now ? 'step' : undefined} data-done={i + 1 < now || undefined}>{name}</li>
      ))}
    </ol>
  )
}
