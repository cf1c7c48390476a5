import { useQueryClient } from '@tanstack/react-query'
import { IconArrowBackUp, IconDownload, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Import, ImportRow, Tone } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, Dialog, StatusDot } from '@/shared/ui'
import { vocabularyKey } from '@/shared/vocabulary'
import buttonClasses from '@/shared/ui/Button.module.css'
import classes from './Imports.module.css'
import { OutcomeRows } from './OutcomeRows'
import { failedFileUrl, useChangeImport, useImportStep } from './api/imports'

const OUTCOMES: { value: ImportRow['outcome']; would: string; was: string; tone: Tone }[] = [
  { value: 'created', would: t('would be created'), was: t('created'), tone: 'ok' },
  { value: 'updated', would: t('would be updated'), was: t('updated'), tone: 'info' },
  { value: 'skipped', would: t('would be skipped'), was: t('skipped'), tone: 'mute' },
  { value: 'failed', would: t('would fail'), was: t('failed'), tone: 'bad' },
]

/** What would become of the rows, or what has. */
export function Outcome({ one, tried, onBack }: { one: Import; tried: boolean; onBack: () => void }) {
  const client = useQueryClient()
  const [chosen, setChosen] = useState<ImportRow['outcome']>()
  const [asking, setAsking] = useState(false)
  const step = useImportStep(one.id)
  const change = useChangeImport(one.id)
  const { counts } = one
  const staff = one.kind === 'staff'
  const shown = chosen ?? (counts.failed > 0 ? 'failed' : (OUTCOMES.find((o) => counts[o.value] > 0)?.value ?? 'created'))
  const good = counts.created + counts.updated
  const stopped = one.state === 'stopped'
  const partial = one.state === 'done' && one.sample !== null

  // The lists that were loaded before know nothing of who is new.
  useEffect(() => {
    if (tried) return
    void client.invalidateQueries({ queryKey: ['customers'], refetchType: 'none' })
    void client.invalidateQueries({ queryKey: vocabularyKey('/users') })
    void client.invalidateQueries({ queryKey: vocabularyKey('/folders') })
    void client.invalidateQueries({ queryKey: vocabularyKey('/tags') })
  }, [client, tried])

  const goOn = () => {
    if (partial) change.mutate({ sample: null }, { onSuccess: () => step.mutate({ step: 'run' }) })
    else step.mutate({ step: 'run' })
  }
  const title = tried
    ? t('{n, plural, one {This is what would become of # row} other {This is what would become of # rows}}', { n: counts.rows })
    : stopped
      ? t('Stopped after {n, plural, one {# row} other {# rows}}', { n: counts.rows })
      : t('Done: {n, plural, one {# row} other {# rows}}', { n: counts.rows })
  return (
    <section className={classes.card} aria-label={t('Outcome')}>
      <div className={classes.pad}>
        <h2>{title}</h2>
        {step.error && <p className={classes.error} role="alert">{step.error.message}</p>}
        <div className={classes.foot}>
          {tried ? (
            <>
              <span className={classes.grow}>{counts.failed > 0 && t('Rows that fail are left out; you get them as a file.')}</span>
              <Button onClick={onBack}>{t('Back to the columns')}</Button>
              <Button tone="brand" disabled={good === 0 || step.isPending} onClick={() => step.mutate({ step: 'run' })}>
                {staff
                  ? t('{n, plural, =0 {Nothing to import} one {Import # colleague} other {Import # colleagues}}', { n: good })
                  : t('{n, plural, =0 {Nothing to import} one {Import # customer} other {Import # customers}}', { n: good })}
              </Button>
            </>
          ) : (
            <>
              <span className={classes.grow} />
              {good > 0 && !staff && <Button icon={<IconArrowBackUp size={16} aria-hidden />} onClick={() => { step.reset(); setAsking(true) }}>{t('Take it back…')}</Button>}
              {(stopped || partial) && <Button disabled={step.isPending || change.isPending} onClick={goOn}>{partial ? t('Import the other rows') : t('Go on')}</Button>}
              {counts.failed > 0 && (
                <a className={buttonClasses.button} href={failedFileUrl(one.id)} download>
                  <IconDownload size={16} aria-hidden />
                  {t('Failed rows')}
                </a>
              )}
              <Link to={staff ? '/settings/staff' : '/customers'} className={buttonClasses.button} data-tone="brand">
                <IconUsers size={16} aria-hidden />
                {staff ? t('See the staff and invite them') : t('See the customers')}
              </Link>
            </>
          )}
        </div>
      </div>
      <div className={classes.counts} role="tablist" aria-label={t('Rows by outcome')}>
        {OUTCOMES.map((o) => (
          <button key={o.value} type="button" role="tab" id={`tab-${o.value}`} aria-controls="outcome-rows" aria-selected={o.value === shown} onClick={() => setChosen(o.value)}>
            <b>{count(counts[o.value])}</b>
            <span>
              <StatusDot tone={o.tone} />
              {tried ? o.would : o.was}
            </span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="outcome-rows" aria-labelledby={`tab-${shown}`}>
        <OutcomeRows id={one.id} outcome={shown} stamp={`${one.version}`} />
      </div>
      {asking && (
        <Dialog title={t('Take this import back?')} opened onClose={() => setAsking(false)} size={440}>
          <div className={classes.working}>
            <div>{t('Customers it created go into the bin, changed ones get back what they had. What people have worked on since is kept, and named.')}</div>
            {step.error && <p className={classes.error} role="alert">{step.error.message}</p>}
            <div className={classes.foot}>
              <Button tone="quiet" data-autofocus onClick={() => setAsking(false)}>{t('Cancel')}</Button>
              <Button tone="danger" disabled={step.isPending} onClick={() => step.mutate({ step: 'undo' })}>{t('Take it back')}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  )
}
