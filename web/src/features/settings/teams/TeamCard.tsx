import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Team } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, Button, IconButton, PopoverButton } from '@/shared/ui'
import { mapById, useUsers } from '@/shared/vocabulary'
import { useChange, useRemove } from '../api/records'
import { useMembers } from '../api/teams'
import { Confirm } from '../shared/Confirm'
import { InlineText } from '../shared/InlineText'
import { Refused } from '../shared/Page'
import { Person } from '../shared/Person'
import { Picker } from '../shared/Picker'
import classes from '../shared/settings.module.css'
import own from './Teams.module.css'

/** One team: its name and who is in it. Every change is kept at once. */
export function TeamCard({ team }: { team: Team }) {
  const users = useUsers()
  const byId = mapById(users)
  const can = useCan()
  const mayEdit = can('roles.edit')
  const change = useChange('/teams')
  const remove = useRemove('/teams')
  const [leaving, setLeaving] = useState(false)
  const members = team.user_ids.flatMap((id) => byId.get(id) ?? []).sort((a, b) => a.name.localeCompare(b.name))
  const others = users.filter((u) => u.state !== 'disabled' && !team.user_ids.includes(u.id)).sort((a, b) => a.name.localeCompare(b.name))
  const membership = useMembers(team.id)
  return (
    <section className={classes.card} aria-label={t('Team {name}', { name: team.name })}>
      <header className={own.head}>
        <InlineText label={t('Name of the team')} value={team.name} disabled={!mayEdit} onSave={(name) => change.mutateAsync({ record: team, change: { name } })} />
        <span className={classes.side}>{t('{n, plural, =0 {nobody} one {# person} other {# people}}', { n: members.length })}</span>
        {can('roles.delete') && (
          <IconButton small tip="top" label={t('Delete the team {name}', { name: team.name })} onClick={() => { remove.reset(); setLeaving(true) }}>
            <IconTrash size={16} stroke={1.7} aria-hidden />
          </IconButton>
        )}
      </header>
      <div className={own.members}>
        {members.map((user) => (
          <Person
            key={user.id}
            user={user}
            removeLabel={t('Take {name} out of {team}', { name: user.name, team: team.name })}
            onRemove={mayEdit ? () => membership.mutate({ leaves: user.id }) : undefined}
          />
        ))}
        {mayEdit && (
          <PopoverButton
            label={t('Who joins {team}', { team: team.name })}
            width={260}
            button={<Button compact icon={<IconPlus size={15} stroke={2} aria-hidden />} aria-label={t('Add somebody to {team}', { team: team.name })}>{t('Add somebody')}</Button>}
          >
            {() => (
              <Picker
                label={t('Colleague')}
                placeholder={t('Find a colleague')}
                picks={others.map((u) => ({ id: u.id, name: u.name, note: u.title ?? undefined, icon: <Avatar name={u.name} size={24} /> }))}
                onPick={(id) => membership.mutate({ joins: id })}
              />
            )}
          </PopoverButton>
        )}
      </div>
      <Refused error={membership.error} />
      {leaving && (
        <Confirm title={t('Delete the team {name}?', { name: team.name })} action={t('Delete the team')} record={team} remove={remove} onClose={() => setLeaving(false)}>
          {t('Nobody leaves the business by it. Those who see the team’s customers no longer see one another’s, and folders that named the team no longer do.')}
        </Confirm>
      )}
    </section>
  )
}
