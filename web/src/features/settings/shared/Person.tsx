import { IconX } from '@tabler/icons-react'
import type { User } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import own from './Person.module.css'

interface Props {
  user: Pick<User, 'name' | 'state'>
  removeLabel?: string
  onRemove?: () => void
}

/** Somebody of the staff as a chip. */
export function Person({ user, removeLabel, onRemove }: Props) {
  return (
    <span className={own.person} data-off={user.state === 'disabled' || undefined}>
      <Avatar name={user.name} size={22} />
      <bdi>{user.name}</bdi>
      {user.state === 'disabled' && <small>{t('disabled')}</small>}
      {onRemove && (
        <button type="button" aria-label={removeLabel} onClick={onRemove}>
          <IconX size={14} stroke={2} aria-hidden />
        </button>
      )}
    </span>
  )
}
