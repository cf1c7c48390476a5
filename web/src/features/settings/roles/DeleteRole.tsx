import { useNavigate } from '@tanstack/react-router'
import type { Role, User } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, Dialog } from '@/shared/ui'
import { useRemove } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { Person } from '../shared/Person'
import classes from '../shared/settings.module.css'
import own from './Roles.module.css'

interface Props {
  role: Role
  people: User[]
  onClose: () => void
  onGone: () => void
}

/** A role goes when nobody has it; until then it says who does. */
export function DeleteRole({ role, people, onClose, onGone }: Props) {
  const navigate = useNavigate()
  const remove = useRemove('/roles')
  if (people.length > 0) {
    return (
      <Dialog title={t('{name} is still in use', { name: role.name })} opened onClose={onClose} size={440}>
        <div className={classes.form}>
          <div>{t('Give these people another role first; then it can be deleted.')}</div>
          <ul className={own.people}>{people.map((u) => <li key={u.id}><Person user={u} /></li>)}</ul>
          <div className={classes.foot}>
            <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
            <Button tone="brand" data-autofocus onClick={() => void navigate({ to: '/settings/staff' })}>{t('Go to the staff')}</Button>
          </div>
        </div>
      </Dialog>
    )
  }
  return (
    <Confirm title={t('Delete the role {name}?', { name: role.name })} action={t('Delete the role')} record={role} onClose={onClose} remove={{ ...remove, mutate: (record, options) => remove.mutate(record, { ...options, onSuccess: (...args) => { options?.onSuccess?.(...args); onGone() } }) }}>
      {t('Nobody has it, so nobody loses anything.')}
    </Confirm>
  )
}
