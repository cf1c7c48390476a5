import { useState, type FormEvent } from 'react'
import type { Role } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { Button, Dialog, SelectBox, TextBox } from '@/shared/ui'
import { useRoles } from '@/shared/vocabulary'
import { useCreate } from '../api/records'
import { at, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'
import { reaches } from './reach'
import { sightOf } from './sight'

/** A role begins as a copy of another; what it may do is set on its own page. */
export function NewRole({ from, onClose, onMade }: { from?: Role; onClose: () => void; onMade: (role: Role) => void }) {
  const session = useSession()
  const roles = useRoles().filter((r) => session && reaches(session, r))
  const [name, setName] = useState('')
  const [model, setModel] = useState(from?.id ?? roles.find((r) => r.key === 'staff')?.id ?? roles[0]?.id ?? '')
  const create = useCreate('/roles')
  const chosen = roles.find((r) => r.id === model)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { permissions, visibility, area_visibility } = chosen ?? { permissions: [], visibility: 'own' as const, area_visibility: [] }
    create.mutate({ name: name.trim(), permissions, visibility, area_visibility }, { onSuccess: (role) => { onClose(); onMade(role) } })
  }
  return (
    <Dialog title={t('Make a role')} opened onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <TextBox label={t('Name')} placeholder={t('Front desk, Sales, Trainee…')} required data-autofocus value={name} onChange={(e) => setName(e.target.value)} error={at(create.error, '/name')} />
        <SelectBox label={t('Begin with a copy of')} help={chosen && t('{sight}. You change what it may do on the next page; nobody has it until you give it to them.', { sight: sightOf(chosen.visibility).says })} value={model} onChange={(e) => setModel(e.target.value)}>
          {roles.map((r) => <option key={r.id} value={r.id}>{r.name}</option>)}
        </SelectBox>
        <Refused error={create.error} fields={['/name']} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={!name.trim() || create.isPending}>{t('Make the role')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
