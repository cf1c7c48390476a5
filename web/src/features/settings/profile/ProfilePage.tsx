import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ChangeEvent, type FormEvent } from 'react'
import type { Session } from '@/shared/api'
import { t } from '@/shared/i18n'
import { sessionQuery, useCan, useSession } from '@/shared/session'
import { Button, TextBox } from '@/shared/ui'
import { vocabularyKey } from '@/shared/vocabulary'
import { changeUser } from '../api/people'
import { at, Page, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'
import { Devices } from './Devices'
import { Identities } from './Identities'
import { Passkeys } from './Passkeys'
import { PasswordForm } from './PasswordForm'
import { SecondFactor } from './SecondFactor'

export function ProfilePage() {
  const session = useSession()
  return (
    <Page title={t('My account')} lead={t('How colleagues see you, how you sign in, and where you are signed in.')}>
      {session && <OwnName key={session.user.version} session={session} />}
      <PasswordForm email={session?.user.email ?? ''} />
      <SecondFactor />
      <Passkeys />
      <Identities />
      <Devices />
    </Page>
  )
}

const MEMBERS = ['name', 'title', 'phone'] as const

function OwnName({ session: { user } }: { session: Session }) {
  const client = useQueryClient()
  const can = useCan()
  const [draft, setDraft] = useState({ name: user.name, title: user.title ?? '', phone: user.phone ?? '' })
  const changed = MEMBERS.filter((m) => draft[m].trim() !== (user[m] ?? ''))
  const save = useMutation({
    mutationFn: () => changeUser(user, Object.fromEntries(changed.map((m) => [m, draft[m].trim() || null]))),
    onSuccess: (now) => {
      client.setQueryData<Session>(sessionQuery.queryKey, (s) => s && { ...s, user: now })
      void client.invalidateQueries({ queryKey: vocabularyKey('/users') })
    },
    meta: { showsErrors: true },
  })
  const field = (name: (typeof MEMBERS)[number]) => ({
    value: draft[name],
    error: at(save.error, `/${name}`),
    onChange: (e: ChangeEvent<HTMLInputElement>) => setDraft({ ...draft, [name]: e.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed.length > 0) save.mutate()
  }
  return (
    <form className={`${classes.card} ${classes.pad}`} onSubmit={submit}>
      <h3 className={classes.title}>{t('You')}</h3>
      <div className={classes.pair}>
        <TextBox label={t('Name')} autoComplete="name" required {...field('name')} />
        <TextBox label={t('Title')} autoComplete="organization-title" {...field('title')} />
        <TextBox label={t('Phone')} type="tel" autoComplete="tel" {...field('phone')} />
        <TextBox label={t('E-mail')} value={user.email} disabled readOnly help={can('users.edit') ? t('Change it on the page Staff, where you manage everybody.') : t('A colleague who manages the staff can change it.')} />
      </div>
      <Refused error={save.error} fields={MEMBERS.map((m) => `/${m}`)} />
      <div className={classes.foot}>
        <Button type="submit" tone="brand" disabled={changed.length === 0 || save.isPending}>{t('Save')}</Button>
      </div>
    </form>
  )
}
