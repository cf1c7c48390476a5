import { useState, type FormEvent } from 'react'
import type { Key } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan, useSession } from '@/shared/session'
import { Button, Dialog, SelectBox, TextBox } from '@/shared/ui'
import { useUsers } from '@/shared/vocabulary'
import { useCreate } from '../api/records'
import { at, Refused } from '../shared/Page'
import { Segments } from '../shared/Segments'
import classes from '../shared/settings.module.css'
import { ScopePicker } from './ScopePicker'

const DAYS = [
  { value: 0, label: t('Never') },
  { value: 30, label: t('In 30 days') },
  { value: 90, label: t('In 90 days') },
  { value: 365, label: t('In a year') },
]

export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: Key) => void }) {
  const session = useSession()
  const permissions = session?.permissions ?? []
  const colleagues = useUsers().filter((u) => u.state === 'active')
  const mayChoose = useCan()('users.edit') && colleagues.length > 1
  const [user, setUser] = useState(session?.user.id ?? '')
  const [name, setName] = useState('')
  const [days, setDays] = useState(0)
  const [reach, setReach] = useState<'all' | 'some'>('some')
  const [scopes, setScopes] = useState<string[]>(() => permissions.filter((p) => p === 'customers.view'))
  const create = useCreate('/keys')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const expires = days ? { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() } : {}
    create.mutate({ name: name.trim(), user_id: user, scopes: reach === 'all' ? [] : scopes, ...expires }, { onSuccess: (key) => { onClose(); onMade(key) } })
  }
  return (
    <Dialog title={t('Make a key')} opened onClose={onClose} size={600}>
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.pair}>
          <TextBox label={t('What is it for?')} placeholder={t('Website form, bookkeeping…')} required data-autofocus value={name} onChange={(e) => setName(e.target.value)} error={at(create.error, '/name')} />
          <SelectBox label={t('Expires')} value={days} onChange={(e) => setDays(Number(e.target.value))} error={at(create.error, '/expires_at')}>
            {DAYS.map((d) => <option key={d.value} value={d.value}>{d.label}</option>)}
          </SelectBox>
        </div>
        {mayChoose && (
          <SelectBox label={t('Acts as')} value={user} onChange={(e) => setUser(e.target.value)} error={at(create.error, '/user_id')}>
            {colleagues.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}
          </SelectBox>
        )}
        <Segments label={t('What it may do')} value={reach} options={[{ value: 'some', label: t('Only this') }, { value: 'all', label: t('All that the person may') }]} onChange={setReach} />
        {reach === 'some' && <ScopePicker possible={permissions} scopes={scopes} onChange={setScopes} />}
        {at(create.error, '/scopes') && <p className={classes.error} role="alert">{at(create.error, '/scopes')}</p>}
        <Refused error={create.error} fields={['/name', '/expires_at', '/scopes', '/user_id']} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={!name.trim() || create.isPending || (reach === 'some' && scopes.length === 0)}>{t('Make the key')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
