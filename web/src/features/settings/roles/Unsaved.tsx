import { useBlocker } from '@tanstack/react-router'
import { t } from '@/shared/i18n'
import { Button, Dialog } from '@/shared/ui'
import classes from '../shared/settings.module.css'

/** Asks before a page is left whose changes are not saved. */
export function Unsaved({ when }: { when: boolean }) {
  const leaving = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true, disabled: !when })
  if (leaving.status !== 'blocked') return null
  return (
    <Dialog title={t('Leave without saving?')} opened onClose={leaving.reset} size={420}>
      <div className={classes.form}>
        <div>{t('What you changed on this page is lost.')}</div>
        <div className={classes.foot}>
          <Button tone="quiet" onClick={leaving.proceed}>{t('Leave')}</Button>
          <Button tone="brand" data-autofocus onClick={leaving.reset}>{t('Stay here')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
