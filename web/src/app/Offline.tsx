import { IconCloudOff } from '@tabler/icons-react'
import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { t } from '@/shared/i18n'
import classes from './Root.module.css'

const subscribe = (listener: () => void) => onlineManager.subscribe(listener)

/** Says that there is no connection; what is changed meanwhile waits in this page and goes out afterwards. */
export function Offline() {
  const online = useSyncExternalStore(subscribe, () => onlineManager.isOnline())
  return (
    <div role="status">
      {!online && (
        <p className={classes.offline}>
          <IconCloudOff size={17} stroke={1.8} aria-hidden />
          {t('You are offline. What you save is sent as soon as you are back; leave this page open.')}
        </p>
      )}
    </div>
  )
}
