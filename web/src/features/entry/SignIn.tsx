import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, TextBox } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { PasswordBox } from './PasswordBox'
import { setupNeeded, useSignIn } from './api/entering'
import { wholeFormError } from './problems'

const FIELDS = ['/email', '/password']

export function SignIn({ next }: { next?: string }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const needed = useQuery(setupNeeded).data
  const signIn = useSignIn(next)
  const error = signIn.error instanceof ApiError ? signIn.error : undefined
  const whole = wholeFormError(signIn.error, FIELDS)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email: email.trim(), password })
  }
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
      <p className={classes.after}>{t('Forgotten the password? A colleague who manages the staff can make you a link to a new one.')}</p>
    </Card>
  )
}
