import { IconRestore, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { Role } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan, useSession } from '@/shared/session'
import { Button, CheckBox, TextBox, toast } from '@/shared/ui'
import { useUsers } from '@/shared/vocabulary'
import { useChange } from '../api/records'
import { Choices } from '../shared/Choices'
import { at, Page, Refused } from '../shared/Page'
import { Person } from '../shared/Person'
import classes from '../shared/settings.module.css'
import { AreaSights } from './AreaSights'
import { DeleteRole } from './DeleteRole'
import { changesOf, isChanged, isReadyMade, maySee } from './reach'
import { RightsGrid } from './RightsGrid'
import own from './Roles.module.css'
import { SIGHTS } from './sight'
import { Unsaved } from './Unsaved'

interface Props {
  role: Role
  known: string[]
  mayEdit: boolean
  back: ReactNode
  notice: ReactNode
}

/** Rights hold at once for everybody who has the role, so they are tried here and saved together. */
export function RoleForm({ role, known, mayEdit, back, notice }: Props) {
  const session = useSession()
  const can = useCan()
  const navigate = useNavigate()
  const people = useUsers().filter((u) => u.role_id === role.id)
  const [edit, setEdit] = useState<Partial<Role>>({})
  const [deleting, setDeleting] = useState(false)
  const change = useChange('/roles')
  const draft = { ...role, ...edit }
  const changes = changesOf(role, edit)
  const dirty = Object.keys(changes).length > 0
  const set = (more: Partial<Role>) => setEdit({ ...edit, ...more })
  const discard = () => { change.reset(); setEdit({}) }
  const save = () => change.mutate({ record: role, change: changes }, { onSuccess: () => { setEdit({}); toast.show(t('The role {name} is saved', { name: draft.name })) } })
  const asItCame = () => change.mutate({ record: role, change: { permissions: null, visibility: 'all', area_visibility: [] } }, { onSuccess: () => { setEdit({}); toast.show(t('{name} is as it came', { name: role.name })) } })
  return (
    <Page above={back} title={role.name} lead={people.length === 0 ? t('Nobody has this role yet.') : t('{n, plural, one {# person has this role. What you change here holds for them at once.} other {# people have this role. What you change here holds for them at once.}}', { n: people.length })}>
      {notice}
      {mayEdit && isChanged(role) && (
        <div className={own.notice}>
          <IconRestore size={18} stroke={1.8} aria-hidden />
          <span>{t('This role came with Patron and was changed here.')}</span>
          <Button compact onClick={asItCame} disabled={change.isPending}>{t('Make it as it came')}</Button>
        </div>
      )}
      {mayEdit && (
        <section className={`${classes.card} ${classes.pad}`} aria-label={t('Name')}>
          <TextBox label={t('Name')} dir="auto" value={draft.name} onChange={(e) => set({ name: e.target.value })} error={at(change.error, '/name')} />
        </section>
      )}
      <section className={`${classes.card} ${classes.pad}`} aria-labelledby="role-sight">
        <h3 id="role-sight" className={classes.title}>{t('Whose customers they see')}</h3>
        <p className={classes.sub}>{t('It holds everywhere: in lists, search, counts, exports and on timelines. A folder can show more or less to a role, a team or a person.')}</p>
        <Choices
          label={t('Whose customers they see')}
          value={draft.visibility}
          disabled={!mayEdit}
          options={SIGHTS.map((s) => ({ ...s, disabled: session ? !maySee(session, s.value) : true }))}
          onChange={(visibility) => set({ visibility })}
        />
        <AreaSights role={draft} disabled={!mayEdit} onChange={(area_visibility) => set({ area_visibility })} />
        {draft.visibility === 'team' && <p className={classes.sub}>{t('Who is in which team:')} <Link to="/settings/roles/teams">{t('Teams')}</Link></p>}
      </section>
      <section className={`${classes.card} ${classes.pad}`} aria-labelledby="role-sign-in">
        <h3 id="role-sign-in" className={classes.title}>{t('How they sign in')}</h3>
        <CheckBox
          label={t('Ask for a second factor')}
          help={t('A code from their phone or a passkey besides the password. Whoever has none yet can do nothing else before they have set one up.')}
          checked={draft.second_factor_required}
          disabled={!mayEdit && !(role.key === 'owner' && session?.role.key === 'owner' && can('roles.edit'))}
          onChange={(e) => set({ second_factor_required: e.target.checked })}
        />
      </section>
      <section className={classes.card} aria-labelledby="role-rights">
        <div className={own.gridHead}>
          <h3 id="role-rights" className={classes.title}>{t('What they may do')}</h3>
          <p className={classes.sub}>{t('With the customers that they see. Whoever may change something sees it, too, so that tick comes along.')}</p>
        </div>
        <RightsGrid known={known} held={draft.permissions} possible={mayEdit ? (session?.permissions ?? []) : []} onChange={(permissions) => set({ permissions })} />
      </section>
      <section className={`${classes.card} ${classes.pad}`} aria-labelledby="role-people">
        <h3 id="role-people" className={classes.title}>{t('Who has it')}</h3>
        <p className={classes.sub}>{t('Everybody’s role is set on the page')} <Link to="/settings/staff">{t('Staff')}</Link></p>
        {people.length > 0 && <ul className={own.people}>{people.map((u) => <li key={u.id}><Person user={u} /></li>)}</ul>}
      </section>
      {!isReadyMade(role) && can('roles.delete') && mayEdit && (
        <div className={classes.foot}>
          <Button tone="quiet" icon={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => setDeleting(true)}>{t('Delete the role')}</Button>
        </div>
      )}
      <Refused error={change.error} fields={['/name']} />
      {dirty && (
        <div className={own.save} role="region" aria-label={t('Changes that are not saved')}>
          <span>{t('Not saved yet')}</span>
          <Button tone="quiet" onClick={discard}>{t('Discard')}</Button>
          <Button tone="brand" disabled={change.isPending || !draft.name.trim()} onClick={save}>{t('Save the role')}</Button>
        </div>
      )}
      <Unsaved when={dirty && !change.isPending} />
      {deleting && <DeleteRole role={role} people={people} onClose={() => setDeleting(false)} onGone={() => void navigate({ to: '/settings/roles' })} />}
    </Page>
  )
}
