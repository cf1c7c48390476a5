import { IconHelp, IconShieldLock, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import { mapById, useRoles, useTeams, useUsers } from '@/shared/vocabulary'

export interface Whom {
  id: string
  name: string
  note: string
  icon: ReactNode
}

const picture = { size: 20, stroke: 1.7, 'aria-hidden': true } as const

/** Everybody whom a rule can name – roles, teams, people – and how each is shown. Owners see everything, so no rule is for them. */
export function useWhom(): { all: Whom[]; find: (id: string) => Whom } {
  const roles = useRoles()
  const teams = useTeams()
  const users = useUsers()
  const roleOf = mapById(roles)
  const members = (count: number) => t('{n, plural, =0 {nobody} one {# person} other {# people}}', { n: count })
  const active = users.filter((u) => u.state !== 'disabled')
  const byName = (a: Whom, b: Whom) => a.name.localeCompare(b.name)
  const all: Whom[] = [
    ...roles.filter((r) => r.key !== 'owner').map((r) => ({ id: r.id, name: r.name, note: t('Role · {people}', { people: members(active.filter((u) => u.role_id === r.id).length) }), icon: <IconShieldLock {...picture} /> })),
    ...teams.map((team) => ({ id: team.id, name: team.name, note: t('Team · {people}', { people: members(team.user_ids.length) }), icon: <IconUsers {...picture} /> })).sort(byName),
    ...active.filter((u) => roleOf.get(u.role_id)?.key !== 'owner').map((u) => ({ id: u.id, name: u.name, note: roleOf.get(u.role_id)?.name ?? t('Person'), icon: <Avatar name={u.name} size={22} /> })).sort(byName),
  ]
  const known = new Map(all.map((one) => [one.id, one]))
  const find = (id: string): Whom => {
    const gone = users.find((u) => u.id === id)
    return known.get(id) ?? { id, name: gone?.name ?? t('Somebody who is gone'), note: gone ? t('Person') : t('The rule does nothing any more'), icon: <IconHelp {...picture} /> }
  }
  return { all, find }
}
