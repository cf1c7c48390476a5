import { t } from '@/shared/i18n'
import { Button, Dialog } from '@/shared/ui'
import { CopyBox } from '../shared/CopyBox'
import classes from '../shared/settings.module.css'

export function NewKey({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog title={t('The key {name}', { name })} opened onClose={onClose} size={520}>
      <div className={classes.form}>
        <div>{t('Copy it now: it is shown only this once, and Patron keeps nothing from which it could be shown again.')}</div>
        <CopyBox label={t('Key')} value={secret} />
        <div className={classes.foot}>
          <Button onClick={onClose}>{t('I have kept it')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
