import { useState, type ChangeEvent, type FormEvent } from 'react'
import type { Availability, Role, User } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, Dialog, SelectBox, TextBox } from '@/shared/ui'
import { useRoles } from '@/shared/vocabulary'
import { useChange, useCreate } from '../api/records'
import { sightOf } from '../roles/sight'
import { at, Refused } from '../shared/Page'
import { Segments } from '../shared/Segments'
import classes from '../shared/settings.module.css'
import { AVAILABILITY } from './StaffRow'

const READY_MADE: Record<string, string> = {
  owner: t('Everything, including the business itself.'),
  manager: t('Everything about customers, and the staff below.'),
  staff: t('Works with customers, notes and tags.'),
  read_only: t('Sees, and changes nothing.'),
}

/** What somebody gets with the role: one of one's own, or one that was changed, says whom it shows. */
function helpOf(role: Role): string {
  const came = READY_MADE[role.key]
  if (came && !role.edited && role.visibility === 'all') return came
  return t('{sight}.', { sight: sightOf(role.visibility).says })
}

interface Props {
  user: User | undefined
  onClose: () => void
  onCreated: (user: User) => void
}

export function StaffForm({ user, onClose, onCreated }: Props) {
  const roles = useRoles()
  const create = useCreate('/users')
  const change = useChange('/users')
  const [draft, setDraft] = useState({
    name: user?.name ?? '', email: user?.email ?? '', title: user?.title ?? '', phone: user?.phone ?? '',
    role_id: user?.role_id ?? roles.find((r) => r.key === 'staff')?.id ?? '', availability: user?.availability ?? ('available' as Availability),
  })
  const { error, isPending } = user ? change : create
  const role = roles.find((r) => r.id === draft.role_id)
  const field = (name: 'name' | 'email' | 'title' | 'phone' | 'role_id') => ({
    value: draft[name],
    error: at(error, `/${name}`),
    onChange: (e: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => setDraft({ ...draft, [name]: e.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = { name: draft.name.trim(), email: draft.email.trim(), title: draft.title.trim() || null, phone: draft.phone.trim() || null, role_id: draft.role_id }
    if (!user) {
      create.mutate(said, { onSuccess: (made) => { onClose(); onCreated(made) } })
      return
    }
    const changed = Object.entries({ ...said, availability: draft.availability }).filter(([key, value]) => user[key as keyof User] !== value)
    if (changed.length === 0) onClose()
    else change.mutate({ record: user, change: Object.fromEntries(changed) }, { onSuccess: onClose })
  }
  return (
    <Dialog title={user ? t('Edit {name}', { name: user.name }) : t('Add a colleague')} opened onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.pair}>
          <TextBox label={t('Name')} required data-autofocus {...field('name')} />
          <TextBox label={t('E-mail')} type="email" required {...field('email')} />
        </div>
        <SelectBox label={t('Role')} help={role && helpOf(role)} {...field('role_id')}>
          {roles.map((r) => <option key={r.id} value={r.id}>{r.name}</option>)}
        </SelectBox>
        <div className={classes.pair}>
          <TextBox label={t('Title')} placeholder={t('Sales, Front desk…')} {...field('title')} />
          <TextBox label={t('Phone')} type="tel" {...field('phone')} />
        </div>
        {user && (
          <Segments
            label={t('Availability')}
            value={draft.availability}
            options={Object.entries(AVAILABILITY).map(([value, { label }]) => ({ value: value as Availability, label }))}
            onChange={(availability) => setDraft({ ...draft, availability })}
          />
        )}
        <Refused error={error} fields={['/name', '/email', '/title', '/phone', '/role_id']} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={isPending}>{user ? t('Save') : t('Add and make an invitation')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
