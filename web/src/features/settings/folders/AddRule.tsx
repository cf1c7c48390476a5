import { IconSelector } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import type { Folder, FolderLevel } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { Button, Dialog, PopoverButton } from '@/shared/ui'
import { useTeams } from '@/shared/vocabulary'
import { Choices } from '../shared/Choices'
import { Refused } from '../shared/Page'
import { Picker } from '../shared/Picker'
import classes from '../shared/settings.module.css'
import own from './Access.module.css'
import { LEVELS } from './levels'
import type { Whom } from './useWhom'

interface Props {
  folder: Folder
  offered: Whom[]
  error: unknown
  isPending: boolean
  onAdd: (to: string, level: FolderLevel) => void
  onClose: () => void
}

/** A rule is said whole before it holds: a folder must not open or close for a moment by the way. */
export function AddRule({ folder, offered, error, isPending, onAdd, onClose }: Props) {
  const session = useSession()
  const teams = useTeams()
  const [whom, setWhom] = useState<Whom>()
  const [level, setLevel] = useState<FolderLevel>('work')
  const me = session && [session.user.id, session.role.id, ...teams.filter((x) => x.user_ids.includes(session.user.id)).map((x) => x.id)]
  const shutsOut = whom !== undefined && me?.includes(whom.id) && session?.role.key !== 'owner' && level !== 'manage'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whom) onAdd(whom.id, level)
  }
  return (
    <Dialog title={t('A rule for {name}', { name: folder.name })} opened onClose={onClose} size={560}>
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.labelled}>
          <span aria-hidden>{t('For whom')}</span>
          <PopoverButton
            label={t('For whom')}
            width="target"
            button={
              <button type="button" className={own.whom} data-autofocus aria-label={whom ? t('For whom: {name}', { name: whom.name }) : t('For whom: choose a role, a team or a person')}>
                {whom?.icon}
                <span>{whom?.name ?? t('A role, a team or a person')}</span>
                <IconSelector size={16} stroke={1.7} aria-hidden />
              </button>
            }
          >
            {(close) => <Picker label={t('Role, team or person')} placeholder={t('Find a role, a team or a person')} picks={offered} onPick={(id) => { setWhom(offered.find((one) => one.id === id)); close() }} />}
          </PopoverButton>
        </div>
        <div className={classes.labelled}>
          <span aria-hidden>{t('What they may do here')}</span>
          <Choices label={t('What they may do here')} value={level} options={LEVELS} onChange={setLevel} />
        </div>
        {shutsOut && <p className={own.warning}>{t('This is a rule for yourself, too: you will not be able to set this folder up any more.')}</p>}
        <Refused error={error} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={!whom || isPending}>{t('Add the rule')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
