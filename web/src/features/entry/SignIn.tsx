import { useQuery } from '@tanstack/react-query'
import { IconFingerprint, IconLogin2 } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/shared/api'
import { t } from '@/shared/i18n'
import { passkeysWork } from '@/shared/passkeys'
import { signInWays } from '@/shared/provider'
import { businessOf } from '@/shared/session'
import { Button, TextBox } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { PasswordBox } from './PasswordBox'
import { SecondStep } from './SecondStep'
import { secondFactorAsked, setupNeeded, usePasskeySignIn, useSignIn } from './api/entering'
import { useProvider } from './api/openid'
import { wholeFormError } from './problems'

const FIELDS = ['/email', '/password']

export function SignIn({ next }: { next?: string }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const needed = useQuery(setupNeeded).data
  const signIn = useSignIn(next)
  const byPasskey = usePasskeySignIn(next)
  const provider = useQuery(signInWays(businessOf(useRouter().basepath))).data?.openid
  const byProvider = useProvider(next)
  const asked = secondFactorAsked(signIn.error)
  const error = signIn.error instanceof ApiError ? signIn.error : undefined
  const whole = wholeFormError(signIn.error ?? byPasskey.error ?? byProvider.error, FIELDS)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    byPasskey.reset()
    byProvider.reset()
    signIn.mutate({ email: email.trim(), password })
  }
  const again = () => {
    setPassword('')
    signIn.reset()
  }
  if (asked) return <SecondStep asked={asked} next={next} onBack={again} />
  return (
    <Card title={t('Sign in')}>
      {needed && <p className={classes.hint}>{t('This Patron has no owner yet. Open the one-time link that its server printed when it started.')}</p>}
      <form className={classes.form} onSubmit={submit}>
        <TextBox label={t('E-mail')} type="email" autoComplete="username" autoFocus required value={email} onChange={(e) => setEmail(e.target.value)} error={error?.at('/email')} />
        <PasswordBox label={t('Password')} value={password} onChange={setPassword} error={error?.at('/password')} />
        {whole && <FormError>{whole}</FormError>}
        <Button type="submit" tone="brand" className={classes.send} disabled={signIn.isPending}>
          {signIn.isPending ? t('Signing in…') : t('Sign in')}
        </Button>
      </form>
      {(provider || passkeysWork()) && <p className={classes.or}>{t('or')}</p>}
      {provider && (
        <Button className={classes.send} icon={<IconLogin2 size={18} aria-hidden />} disabled={byProvider.isPending || byProvider.isSuccess} onClick={() => byProvider.mutate()}>
          <span className={classes.cut}>{t('Continue with {name}', { name: provider })}</span>
        </Button>
      )}
      {passkeysWork() && (
        <Button className={classes.send} icon={<IconFingerprint size={18} aria-hidden />} disabled={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t('Sign in with a passkey')}
        </Button>
      )}
      <p className={classes.after}>
        <Link to="/forgotten" className={classes.link}>{t('Forgotten the password?')}</Link>
      </p>
    </Card>
  )
}
