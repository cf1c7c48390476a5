import type { Import } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button } from '@/shared/ui'
import classes from './Imports.module.css'
import { useImportStep } from './api/imports'

const WORDS = { trying: t('Trying it out; nothing is changed'), running: t('Importing'), undoing: t('Taking it back') }

export function Working({ one, stage }: { one: Import; stage: keyof typeof WORDS }) {
  const step = useImportStep(one.id)
  const { done = 0, of = 0 } = one.progress ?? {}
  const share = of > 0 ? Math.min(1, done / of) : 0
  return (
    <section className={`${classes.card} ${classes.pad}`} aria-label={WORDS[stage]}>
      <div className={classes.working} role="status">
        <p>
          {WORDS[stage]}
          <span className="num">{of > 0 && t('{done} of {of} rows', { done: count(done), of: count(of) })}</span>
        </p>
        <div className={classes.bar} role="progressbar" aria-label={WORDS[stage]} aria-valuenow={Math.round(share * 100)} data-unknown={of === 0 || undefined}>
          <i style={of > 0 ? { width: `${share * 100}%` } : undefined} />
        </div>
      </div>
      {step.error && <p className={classes.error} role="alert">{step.error.message}</p>}
      {stage !== 'undoing' && (
        <div className={classes.foot}>
          <span className={classes.grow}>{t('You can leave this page; the work goes on.')}</span>
          <Button disabled={step.isPending} onClick={() => step.mutate({ step: 'stop' })}>{t('Stop')}</Button>
        </div>
      )}
    </section>
  )
}
