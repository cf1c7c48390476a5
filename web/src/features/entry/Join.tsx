import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ApiError } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { PasswordBox } from './PasswordBox'
import { SecondStep } from './SecondStep'
import { secondFactorAsked, useJoin } from './api/entering'
import { tokenOf } from './next'
import { wholeFormError } from './problems'

/** The end of an invitation, or of a link to a new password: choose one, and be inside. */
export function Join() {
  const [token] = useState(() => tokenOf(location.hash))
  const [password, setPassword] = useState('')
  const join = useJoin()
  const error = join.error instanceof ApiError ? join.error : undefined
  const whole = wholeFormError(join.error, ['/password'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    join.mutate({ token, password })
  }
  const asked = secondFactorAsked(join.error)
  if (asked) return <SecondStep asked={asked} />
  if (!token) {
    return (
      <Card title={t('This link is not complete')} lead={t('Open the link of your invitation once more, whole. If it was shortened on the way, ask for a new one.')}>
        <Link to="/sign-in" className={classes.link}>{t('Sign in instead')}</Link>
      </Card>
    )
  }
  return (
    <Card title={t('Choose your password')} lead={t('With it and your e-mail address you sign in from now on.')}>
      <form className={classes.form} onSubmit={submit}>
        <PasswordBox label={t('Password')} choosing autoFocus value={password} onChange={setPassword} error={error?.at('/password')} />
        {whole && <FormError>{whole}</FormError>}
        <Button type="submit" tone="brand" className={classes.send} disabled={join.isPending}>
          {join.isPending ? t('One moment…') : t('Save and sign in')}
        </Button>
      </form>
    </Card>
  )
}
