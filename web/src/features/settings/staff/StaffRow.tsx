import { Menu } from '@mantine/core'
import { IconDots, IconEye, IconLink, IconLogin2, IconMail, IconPencil, IconShieldCheck, IconShieldOff, IconUserCheck, IconUserOff } from '@tabler/icons-react'
import { viewAs, type Role, type User } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan, useSession } from '@/shared/session'
import { Avatar, IconButton, StatusDot } from '@/shared/ui'
import classes from '../shared/settings.module.css'
import look from './StaffRow.module.css'

export const AVAILABILITY = {
  available: { label: t('Available'), tone: 'ok' },
  busy: { label: t('Busy'), tone: 'bad' },
  away: { label: t('Away'), tone: 'mute' },
} as const

const STATES = { active: undefined, invited: { label: t('Invited'), tone: 'info' }, disabled: { label: t('Disabled'), tone: 'mute' } } as const
const size = { size: 16, stroke: 1.7, 'aria-hidden': true } as const

interface Props {
  user: User
  role: Role | undefined
  own: boolean
  onEdit: () => void
  onLink: () => void
  onMail: () => void
  onRemoveSecondFactor: () => void
  /** Left out where staff sign in here alone. */
  onUnlink: (() => void) | undefined
  onDisable: () => void
  onEnable: () => void
}

export function StaffRow({ user, role, own, onEdit, onLink, onMail, onRemoveSecondFactor, onUnlink, onDisable, onEnable }: Props) {
  const can = useCan()
  const mine = useSession()?.role.key
  const state = STATES[user.state]
  const availability = AVAILABILITY[user.availability]
  return (
    <li className={classes.row} data-off={user.state === 'disabled' || undefined}>
      <Avatar name={user.name} size={34} />
      <div className={classes.main}>
        <b>
          {user.name}
          {own && <span className={classes.side}> · {t('you')}</span>}
          {user.second_factor && <IconShieldCheck className={classes.shield} size={15} stroke={1.8} role="img" aria-label={t('Signs in with a second factor')} />}
        </b>
        <small>{[user.title, user.email].filter(Boolean).join(' · ')}</small>
      </div>
      <span className={look.state}>
        {state ? (
          <span className={classes.badge} data-tone={state.tone}>{state.label}</span>
        ) : (
          <span className={`${classes.side} ${classes.wide}`}>
            <StatusDot tone={availability.tone} /> {availability.label}
          </span>
        )}
      </span>
      <span className={look.role}><span className={classes.badge} dir="auto">{role?.name ?? '–'}</span></span>
      <Menu position="bottom-end" width={264}>
        <Menu.Target>
          <IconButton small label={t('Actions for {name}', { name: user.name })} tip={false} disabled={!can('users.edit') && !own}>
            <IconDots size={17} aria-hidden />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil {...size} />} onClick={onEdit}>{t('Edit…')}</Menu.Item>
          {user.state !== 'disabled' && can('users.edit') && !own && (
            <>
              <Menu.Item leftSection={<IconMail {...size} />} onClick={onMail}>
                {user.state === 'invited' ? t('Send the invitation by mail') : t('Send a link to a new password')}
              </Menu.Item>
              <Menu.Item leftSection={<IconLink {...size} />} onClick={onLink}>
                {user.state === 'invited' ? t('New invitation link') : t('Link to a new password')}
              </Menu.Item>
              {user.second_factor && <Menu.Item data-danger leftSection={<IconShieldOff {...size} />} onClick={onRemoveSecondFactor}>{t('Remove the second factor…')}</Menu.Item>}
              {onUnlink && <Menu.Item data-danger leftSection={<IconLogin2 {...size} />} onClick={onUnlink}>{t('Unlink the account elsewhere…')}</Menu.Item>}
            </>
          )}
          {!own && mine === 'owner' && user.state === 'active' && (
            <Menu.Item leftSection={<IconEye {...size} />} onClick={() => viewAs({ id: user.id, name: user.name })}>{t('See it as {name} does', { name: user.name })}</Menu.Item>
          )}
          {!own && can('users.delete') && user.state !== 'disabled' && (
            <Menu.Item data-danger leftSection={<IconUserOff {...size} />} onClick={onDisable}>{t('Disable…')}</Menu.Item>
          )}
          {user.state === 'disabled' && can('users.edit') && <Menu.Item leftSection={<IconUserCheck {...size} />} onClick={onEnable}>{t('Let in again')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
