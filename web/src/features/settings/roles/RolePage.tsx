import { IconArrowLeft, IconInfoCircle, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { useCan, useSession } from '@/shared/session'
import { ErrorState, Skeleton } from '@/shared/ui'
import { rolesQuery } from '@/shared/vocabulary'
import { Page } from '../shared/Page'
import { reaches } from './reach'
import { RoleForm } from './RoleForm'
import own from './Roles.module.css'

/** One role: its name, whose customers it shows, what it may do, and who has it. */
export function RolePage({ id }: { id: string }) {
  const roles = useQuery(rolesQuery)
  const session = useSession()
  const can = useCan()
  const role = roles.data?.find((r) => r.id === id)
  const back = <Link to="/settings/roles" className={own.back}><IconArrowLeft size={15} stroke={1.9} aria-hidden />{t('All roles')}</Link>
  if (roles.isError) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />
  if (!roles.data || !session) return <Page title={t('Role')}><Skeleton lines={6} /></Page>
  if (!role) return <Page title={t('This role is gone')} lead={t('Somebody has deleted it, or the address is wrong.')} above={back}>{null}</Page>

  const known = roles.data.find((r) => r.key === 'owner')?.permissions ?? session.permissions
  const mayEdit = role.key !== 'owner' && can('roles.edit') && reaches(session, role)
  const why = role.key === 'owner'
    ? t('Owners may do everything and see everybody, so that a business can never lock itself out. For less, make another role.')
    : can('roles.edit') ? t('This role may do more than you, so you can look at it but not change it.') : t('You may look at roles, but not change them.')
  return (
    <RoleForm
      key={role.id}
      role={role}
      known={known}
      mayEdit={mayEdit}
      back={back}
      notice={
        mayEdit
          ? role.id === session.role.id && <p className={own.notice} data-tone="warn"><IconInfoCircle size={18} stroke={1.8} aria-hidden /><span>{t('This is your own role: what you take away here you lose yourself.')}</span></p>
          : <p className={own.notice}><IconLock size={18} stroke={1.8} aria-hidden /><span>{why}</span></p>
      }
    />
  )
}
