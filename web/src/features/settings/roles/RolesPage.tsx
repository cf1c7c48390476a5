import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Role, User } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, Button } from '@/shared/ui'
import { useRoles, useUsers } from '@/shared/vocabulary'
import { Page } from '../shared/Page'
import classes from '../shared/settings.module.css'
import { NewRole } from './NewRole'
import { isChanged, isReadyMade } from './reach'
import own from './Roles.module.css'
import { sightOf } from './sight'
import { Tabs } from './Tabs'

const FACES = 4

export function RolesPage() {
  const roles = useRoles()
  const people = Map.groupBy(useUsers().filter((u) => u.state !== 'disabled'), (u) => u.role_id)
  const can = useCan()
  const navigate = useNavigate()
  const [making, setMaking] = useState(false)
  return (
    <Page
      title={t('Roles and teams')}
      lead={t('A role says what people may do, and whose customers they see. Everybody has one role.')}
      action={can('roles.create') && <Button tone="brand" icon={<IconPlus size={16} stroke={2} aria-hidden />} onClick={() => setMaking(true)}>{t('Make a role')}</Button>}
    >
      <Tabs />
      <section className={classes.card} aria-label={t('Roles')}>
        <ul className={classes.list}>
          {roles.map((role) => <RoleRow key={role.id} role={role} people={people.get(role.id) ?? []} />)}
        </ul>
      </section>
      {making && <NewRole onClose={() => setMaking(false)} onMade={(role) => void navigate({ to: '/settings/roles/$roleId', params: { roleId: role.id } })} />}
    </Page>
  )
}

function RoleRow({ role, people }: { role: Role; people: User[] }) {
  const { says, icon: Picture } = sightOf(role.visibility)
  return (
    <li>
      <Link to="/settings/roles/$roleId" params={{ roleId: role.id }} className={`${classes.row} ${own.role}`}>
        <span className={own.picture}><Picture size={18} stroke={1.7} aria-hidden /></span>
        <span className={classes.main}>
          <b dir="auto">{role.name}</b>
          <small>{role.key === 'owner' ? t('May do everything and sees everybody') : says}</small>
        </span>
        {!isReadyMade(role) && <span className={`${classes.badge} ${classes.wide}`} data-tone="info">{t('Your own')}</span>}
        {isChanged(role) && <span className={`${classes.badge} ${classes.wide}`} data-tone="warn">{t('Changed')}</span>}
        <span className={`${own.faces} ${classes.wide}`} aria-hidden>{people.slice(0, FACES).map((u) => <Avatar key={u.id} name={u.name} size={24} />)}</span>
        <span className={own.count}>{people.length === 0 ? t('Nobody') : t('{n, plural, one {# person} other {# people}}', { n: people.length })}</span>
        <IconChevronRight className={own.go} size={17} stroke={1.8} aria-hidden />
      </Link>
    </li>
  )
}
