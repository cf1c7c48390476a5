import { IconFingerprint } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import type { SecondFactorAsked } from '@/shared/api'
import { t } from '@/shared/i18n'
import { passkeysWork } from '@/shared/passkeys'
import { Button, TextBox } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { useSecondStep } from './api/entering'
import { wholeFormError } from './problems'

interface Props {
  asked: SecondFactorAsked
  next?: string
  onBack?: () => void
}

/** Behind the password: a code from the phone, a passkey, or a recovery code. */
export function SecondStep({ asked, next, onBack }: Props) {
  const has = (kind: SecondFactorAsked['kinds'][number]) => asked.kinds.includes(kind)
  const passkey = has('passkey') && passkeysWork()
  const [way, setWay] = useState<'code' | 'recovery_code' | 'passkey'>(has('code') ? 'code' : passkey ? 'passkey' : 'recovery_code')
  const [typed, setTyped] = useState('')
  const step = useSecondStep(asked, next)
  const error = wholeFormError(step.error, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    step.mutate(way === 'code' ? { code: typed } : { recovery_code: typed })
  }
  const take = (other: typeof way) => {
    setTyped('')
    step.reset()
    setWay(other)
  }
  const lead = {
    code: t('Type the six digits that the app on your phone shows now.'),
    passkey: t('Use your fingerprint, your face or the PIN of this device, or your security key.'),
    recovery_code: t('Type one of the codes that you kept for the day your phone is lost. Each works once.'),
  }
  const ways = [
    has('code') && way !== 'code' && { to: 'code' as const, label: t('Use the app on my phone') },
    passkey && way !== 'passkey' && { to: 'passkey' as const, label: t('Use a passkey') },
    has('recovery_code') && way !== 'recovery_code' && { to: 'recovery_code' as const, label: t('Use a recovery code') },
  ].filter((one) => one !== false)
  return (
    <Card title={t('One more step')} lead={lead[way]}>
      <form key={way} className={classes.form} onSubmit={submit}>
        {way === 'code' && <TextBox label={t('Code')} inputMode="numeric" autoComplete="one-time-code" autoFocus required maxLength={20} value={typed} onChange={(e) => setTyped(e.target.value)} />}
        {way === 'recovery_code' && <TextBox label={t('Recovery code')} autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus required maxLength={60} value={typed} onChange={(e) => setTyped(e.target.value)} />}
        {error && <FormError>{error}</FormError>}
        {way === 'passkey' ? (
          <Button tone="brand" autoFocus className={classes.send} icon={<IconFingerprint size={18} aria-hidden />} disabled={step.isPending} onClick={() => step.mutate({ passkey: true })}>
            {t('Use the passkey')}
          </Button>
        ) : (
          <Button type="submit" tone="brand" className={classes.send} disabled={!typed.trim() || step.isPending}>
            {step.isPending ? t('One moment…') : t('Sign in')}
          </Button>
        )}
      </form>
      <div className={classes.ways}>
        {ways.map((one) => (
          <button key={one.to} type="button" className={classes.link} onClick={() => take(one.to)}>{one.label}</button>
        ))}
        {onBack && <button type="button" className={classes.link} onClick={onBack}>{t('Begin again')}</button>}
      </div>
    </Card>
  )
}
