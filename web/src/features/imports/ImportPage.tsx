import { useQuery } from '@tanstack/react-query'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { ErrorState, Skeleton } from '@/shared/ui'
import classes from './Imports.module.css'
import { Mapping } from './Mapping'
import { Options } from './Options'
import { Outcome } from './Outcome'
import { Steps } from './Steps'
import { Undone } from './Undone'
import { Working } from './Working'
import { importOne } from './api/imports'
import { stageOf } from './steps'

/** One import, from its columns to its result. What is shown follows from its state alone, so it can be left and come back to. */
export function ImportPage({ id }: { id: string }) {
  const found = useQuery(importOne(id))
  const one = found.data
  // Back at the columns after a dry run: until something is changed or tried anew, which makes another version.
  const [back, setBack] = useState<number>()
  const real = one && stageOf(one)
  const stage = real === 'tried' && back === one?.version ? 'mapping' : real
  return (
    <main className={classes.screen}>
      <div className={classes.panel}>
        <div className={classes.page}>
          <header className={classes.head}>
            <Link to={one?.kind === 'staff' ? '/imports/staff' : '/imports'} className={classes.back} aria-label={t('All imports')} title={t('All imports')}>
              <IconArrowLeft size={20} aria-hidden />
            </Link>
            <h1>{one?.filename ?? t('Import')}</h1>
          </header>
          {found.isPending && <Skeleton lines={6} />}
          {found.isError && !one && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
          {one && stage && (
            <>
              <Steps stage={stage} />
              {one.problem && <p className={classes.error} role="alert">{one.problem}</p>}
              {stage === 'mapping' && <><Mapping one={one} /><Options one={one} /></>}
              {(stage === 'trying' || stage === 'running' || stage === 'undoing') && <Working one={one} stage={stage} />}
              {(stage === 'tried' || stage === 'over') && <Outcome key={stage} one={one} tried={stage === 'tried'} onBack={() => setBack(one.version)} />}
              {stage === 'undone' && <Undone one={one} />}
            </>
          )}
        </div>
      </div>
    </main>
  )
}
