import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { t } from '@/shared/i18n'
import { Button, TextBox } from '@/shared/ui'
import { changePassword, devicesQuery } from '../api/people'
import { at, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'

export function PasswordForm({ email }: { email: string }) {
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword({ current, password }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      void client.invalidateQueries({ queryKey: devicesQuery.queryKey })
    },
    meta: { showsErrors: true },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form className={`${classes.card} ${classes.pad}`} onSubmit={submit}>
      <h3 className={classes.title}>{t('Password')}</h3>
      <input hidden readOnly type="text" autoComplete="username" value={email} />
      <div className={classes.pair}>
        <TextBox label={t('Current password')} type="password" autoComplete="current-password" required value={current} onChange={(e) => setCurrent(e.target.value)} error={at(change.error, '/current')} />
        <TextBox
          label={t('New password')}
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
          error={at(change.error, '/password')}
          help={t('At least 12 characters; a few words in a row are easy to remember.')}
        />
      </div>
      <Refused error={change.error} fields={['/current', '/password']} />
      <div className={classes.foot}>
        <span className={classes.said} role="status">{change.isSuccess && t('Changed. All your other devices are signed out.')}</span>
        <span className={classes.grow} />
        <Button type="submit" tone="brand" disabled={!current || !password || change.isPending}>{t('Change the password')}</Button>
      </div>
    </form>
  )
}
