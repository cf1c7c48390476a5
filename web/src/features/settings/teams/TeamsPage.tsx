import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty, ErrorState, Skeleton, TextBox } from '@/shared/ui'
import { teamsQuery, useFolders, useRoles } from '@/shared/vocabulary'
import { useCreate } from '../api/records'
import { at, Page, Refused } from '../shared/Page'
import { Tabs } from '../roles/Tabs'
import own from '../roles/Roles.module.css'
import classes from '../shared/settings.module.css'
import { TeamCard } from './TeamCard'

/** Who works together. A team changes nothing by itself: a role or a folder has to speak of teams. */
export function TeamsPage() {
  const teams = useQuery(teamsQuery)
  const roles = useRoles()
  const folders = useFolders()
  const mayCreate = useCan()('roles.create')
  const ids = new Set(teams.data?.map((team) => team.id))
  const counts = roles.some((r) => r.visibility === 'team') || folders.some((f) => f.access.some((rule) => ids.has(rule.to)))
  const sorted = [...(teams.data ?? [])].sort((a, b) => a.name.localeCompare(b.name))
  return (
    <Page title={t('Roles and teams')} lead={t('A team names who works together: whoever has a role with “The team’s customers” sees those of everybody in it. Somebody may be in several.')}>
      <Tabs />
      {teams.isPending && <Skeleton lines={3} />}
      {teams.isError && <ErrorState error={teams.error} onRetry={() => void teams.refetch()} />}
      {sorted.length > 0 && !counts && (
        <p className={own.notice}>
          <IconUsers size={18} stroke={1.8} aria-hidden />
          <span>{t('Teams change nothing yet: no role shows “The team’s customers”, and no folder names a team.')} <Link to="/settings/roles">{t('Look at the roles')}</Link></span>
        </p>
      )}
      {sorted.map((team) => <TeamCard key={team.id} team={team} />)}
      {teams.data && (
        <section className={classes.card} aria-label={t('Another team')}>
          {sorted.length === 0 && <Empty icon={<IconUsers size={22} aria-hidden />} title={t('No teams yet')}>{mayCreate ? t('Make the first one below, such as “Sales north”.') : t('Whoever may change roles can make the first one.')}</Empty>}
          {mayCreate && <NewTeam />}
        </section>
      )}
    </Page>
  )
}

function NewTeam() {
  const [name, setName] = useState('')
  const create = useCreate('/teams')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) create.mutate({ name: name.trim(), user_ids: [] }, { onSuccess: () => setName('') })
  }
  return (
    <>
      <form className={classes.add} onSubmit={submit}>
        <TextBox label={t('New team')} hideLabel placeholder={t('New team')} value={name} onChange={(e) => setName(e.target.value)} error={at(create.error, '/name')} />
        <Button type="submit" disabled={!name.trim() || create.isPending}>{t('Add')}</Button>
      </form>
      <Refused error={create.error} fields={['/name']} />
    </>
  )
}
