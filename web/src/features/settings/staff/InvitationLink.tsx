import type { User } from '@/shared/api'
import { fullTime } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, Dialog } from '@/shared/ui'
import { CopyBox } from '../shared/CopyBox'
import classes from '../shared/settings.module.css'

interface Props {
  user: User
  url: string
  expires_at: string
  onClose: () => void
}

export function InvitationLink({ user, url, expires_at, onClose }: Props) {
  return (
    <Dialog title={user.state === 'invited' ? t('Invite {name}', { name: user.name }) : t('A new password for {name}', { name: user.name })} opened onClose={onClose} size={520}>
      <div className={classes.form}>
        <div>{t('Send this link to {name}. Whoever opens it chooses the password, so send it to nobody else. It is shown only now, and holds until {time}.', { name: user.name, time: fullTime(expires_at) })}</div>
        <CopyBox label={t('Link')} value={new URL(url, location.origin).href} />
        <div className={classes.foot}>
          <Button onClick={onClose}>{t('Done')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
