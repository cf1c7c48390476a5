import { IconAlertTriangle } from '@tabler/icons-react'
import { t } from '../i18n'
import { Button } from './Button'
import { Empty } from './Empty'

/** What could not be read, why, and the way to try again. */
export function ErrorState({ title, error, onRetry }: { title?: string; error: unknown; onRetry?: () => void }) {
  const reason = error instanceof Error ? error.message : String(error)
  return (
    <div role="alert">
      <Empty
        icon={<IconAlertTriangle size={22} aria-hidden />}
        title={title ?? t('This could not be loaded')}
        action={onRetry && <Button onClick={onRetry}>{t('Try again')}</Button>}
      >
        {reason}
      </Empty>
    </div>
  )
}
