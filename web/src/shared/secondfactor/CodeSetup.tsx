import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiError } from '../api'
import { errorText } from '../api/errors'
import { t } from '../i18n'
import { Button, ErrorState, Skeleton, TextBox } from '../ui'
import { QrCode } from './QrCode'
import classes from './SecondFactor.module.css'
import { beginCodes, confirmCodes } from './api'

interface Props {
  onDone: (recoveryCodes: string[]) => void
  onCancel?: () => void
}

/** Scan, type a code, done: the phone shows codes from now on. */
export function CodeSetup({ onDone, onCancel }: Props) {
  // Each opening begins anew: the secret is shown to nobody twice.
  const begun = useQuery({ queryKey: ['second_factor', 'new'], queryFn: beginCodes, staleTime: Infinity, gcTime: 0, retry: false })
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => confirmCodes(code.trim()),
    onSuccess: (answer) => onDone(answer.recovery_codes ?? []),
    meta: { showsErrors: true },
  })
  const wrong = confirm.error instanceof ApiError ? confirm.error.at('/code') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm.mutate()
  }
  if (begun.isError) return <ErrorState error={begun.error} onRetry={() => void begun.refetch()} />
  if (!begun.data) return <Skeleton lines={5} />
  return (
    <form className={classes.form} onSubmit={submit}>
      <ol className={classes.steps}>
        <li>
          {t('Scan this picture with an app for codes on your phone, such as one that keeps passwords.')}
          <QrCode rows={begun.data.qr} label={t('Picture to scan with the app on your phone')} />
          <details>
            <summary>{t('It cannot be scanned')}</summary>
            <p>{t('Type this into the app instead:')}</p>
            <code dir="ltr" className={classes.secret}>{begun.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </details>
        </li>
        <li>
          <TextBox label={t('Type the six digits that it shows now')} inputMode="numeric" autoComplete="one-time-code" data-autofocus required maxLength={20} value={code} onChange={(e) => setCode(e.target.value)} error={wrong} />
        </li>
      </ol>
      {confirm.error && !wrong && <p className={classes.error} role="alert">{errorText(confirm.error)}</p>}
      <div className={classes.foot}>
        {onCancel && <Button tone="quiet" onClick={onCancel}>{t('Cancel')}</Button>}
        <Button type="submit" tone="brand" disabled={!code.trim() || confirm.isPending}>{t('Turn it on')}</Button>
      </div>
    </form>
  )
}
