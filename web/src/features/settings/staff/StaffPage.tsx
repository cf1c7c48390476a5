import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { User } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan, useSession } from '@/shared/session'
import { Button, toast } from '@/shared/ui'
import { mapById, useRoles, useUsers, vocabularyKey } from '@/shared/vocabulary'
import { invite, inviteByMail, removeSecondFactorOf, unlinkIdentitiesOf } from '../api/people'
import { useChange, useRemove } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { Page } from '../shared/Page'
import { useOffered } from '../shared/useOffered'
import buttonClasses from '@/shared/ui/Button.module.css'
import classes from '../shared/settings.module.css'
import { InvitationLink } from './InvitationLink'
import { StaffForm } from './StaffForm'
import { StaffRow } from './StaffRow'

const ORDER = { active: 0, invited: 1, disabled: 2 }

export function StaffPage() {
  const users = [...useUsers()].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name))
  const roles = mapById(useRoles())
  const can = useCan()
  const me = useSession()?.user.id
  const client = useQueryClient()
  const [editing, setEditing] = useState<User | 'new'>()
  const [disabling, setDisabling] = useState<User>()
  const [losing, setLosing] = useState<User>()
  const [unlinking, setUnlinking] = useState<User>()
  const offered = useOffered()
  const [link, setLink] = useState<{ user: User; url: string; expires_at: string }>()
  const change = useChange('/users')
  const remove = useRemove('/users')
  const makeLink = useMutation({
    mutationFn: invite,
    onSuccess: ({ url, expires_at }, user) => {
      // Only a request sent again under its key comes without: the link is shown once.
      if (url) setLink({ user, url, expires_at })
      void client.invalidateQueries({ queryKey: vocabularyKey('/users') })
    },
  })
  const mail = useMutation({ mutationFn: inviteByMail, onSuccess: (_, user) => toast.show(t('The link is on its way to {email}', { email: user.email })) })
  const removeFactor = useMutation({
    mutationFn: removeSecondFactorOf,
    onSuccess: () => client.invalidateQueries({ queryKey: vocabularyKey('/users') }),
    meta: { showsErrors: true },
  })
  const unlink = useMutation({
    mutationFn: unlinkIdentitiesOf,
    onSuccess: (_, user) => toast.show(t('{name} is not signed in by an account elsewhere any more', { name: user.name })),
    meta: { showsErrors: true },
  })
  return (
    <Page
      title={t('Staff')}
      lead={t('Who works here, and what each of them may do.')}
      action={
        can('users.create') && (
          <>
            {can('imports.create') && <Link to="/imports/staff" className={buttonClasses.button}>{t('Import a list')}</Link>}
            <Button tone="brand" icon={<IconPlus size={16} stroke={2} aria-hidden />} onClick={() => setEditing('new')}>{t('Add a colleague')}</Button>
          </>
        )
      }
    >
      <section className={classes.card} aria-label={t('Staff')}>
        <ul className={classes.list}>
          {users.map((user) => (
            <StaffRow
              key={user.id}
              user={user}
              role={roles.get(user.role_id)}
              own={user.id === me}
              onEdit={() => setEditing(user)}
              onLink={() => makeLink.mutate(user)}
              onMail={() => mail.mutate(user)}
              onRemoveSecondFactor={() => { removeFactor.reset(); setLosing(user) }}
              onUnlink={offered ? () => { unlink.reset(); setUnlinking(user) } : undefined}
              onDisable={() => { remove.reset(); setDisabling(user) }}
              onEnable={() => change.mutate({ record: user, change: { state: 'active' } }, { onError: toast.failed })}
            />
          ))}
        </ul>
      </section>
      {editing && (
        <StaffForm
          user={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onCreated={(user) => makeLink.mutate(user)}
        />
      )}
      {link && <InvitationLink {...link} onClose={() => setLink(undefined)} />}
      {losing && (
        <Confirm title={t('Remove the second factor of {name}?', { name: losing.name })} action={t('Remove')} record={losing} remove={removeFactor} onClose={() => setLosing(undefined)}>
          {t('For whoever lost the phone and the recovery codes. Be sure that it is {name} who asks: codes, recovery codes and passkeys are gone, and the password alone opens the account. They are signed out and told by mail.', { name: losing.name })}
        </Confirm>
      )}
      {unlinking && (
        <Confirm title={t('Unlink the account of {name}?', { name: unlinking.name })} action={t('Unlink')} record={unlinking} remove={unlink} onClose={() => setUnlinking(undefined)}>
          {t('The account at {provider} does not sign {name} in any more, until it is linked again. They are signed out and told by mail; be sure that they have a password or a passkey.', { provider: offered ?? '', name: unlinking.name })}
        </Confirm>
      )}
      {disabling && (
        <Confirm title={t('Disable {name}?', { name: disabling.name })} action={t('Disable')} record={disabling} remove={remove} onClose={() => setDisabling(undefined)}>
          {t('{name} is signed out everywhere and can’t sign in any more. What they did stays on the timelines.', { name: disabling.name })}
        </Confirm>
      )}
    </Page>
  )
}
