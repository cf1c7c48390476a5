import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { t } from '@/shared/i18n'
import { Button, TextBox } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { useForgotten } from './api/entering'
import { wholeFormError } from './problems'

/** Asks for a link to a new password. Whether the address is known is not said here either. */
export function Forgotten() {
  const [email, setEmail] = useState('')
  const ask = useForgotten()
  const whole = wholeFormError(ask.error, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate(email.trim())
  }
  if (ask.isSuccess) {
    return (
      <Card title={t('Look into your mail')} lead={t('If {email} belongs to somebody here, a link to a new password is on its way. It works for half an hour, once.', { email: email.trim() })}>
        <p className={classes.hint} role="status">{t('Nothing came? Look among the unwanted mail, or ask a colleague who manages the staff to make you a link.')}</p>
        <Link to="/sign-in" className={classes.link}>{t('Back to the sign-in')}</Link>
      </Card>
    )
  }
  return (
    <Card title={t('Forgotten the password?')} lead={t('Type the e-mail address that you sign in with, and we send you a link to a new one.')}>
      <form className={classes.form} onSubmit={submit}>
        <TextBox label={t('E-mail')} type="email" autoComplete="username" autoFocus required value={email} onChange={(e) => setEmail(e.target.value)} />
        {whole && <FormError>{whole}</FormError>}
        <Button type="submit" tone="brand" className={classes.send} disabled={ask.isPending}>
          {ask.isPending ? t('One moment…') : t('Send the link')}
        </Button>
      </form>
      <p className={classes.after}>
        <Link to="/sign-in" className={classes.link}>{t('Back to the sign-in')}</Link>
      </p>
    </Card>
  )
}
