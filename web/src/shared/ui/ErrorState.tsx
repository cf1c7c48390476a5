import type { ReactNode } from 'react'
import { IconAlertTriangle } from '@tabler/icons-react'
import { t } from '../i18n'
import { isStatus } from '../api'
import { errorText } from '../api/errors'
import { Button } from './Button'
import { Empty } from './Empty'

interface Props {
  title?: string
  /** Where it is all of the page, its title is the page's heading. */
  page?: boolean
  error: unknown
  onRetry?: () => void
  /** In place of trying again, where that cannot help. */
  action?: ReactNode
}

/** What could not be read, why, and the way to try again. */
export function ErrorState({ title, page, error, onRetry, action }: Props) {
  const reason = errorText(error)
  // What a role does not allow is not allowed a moment later either.
  const refused = isStatus(error, 403)
  return (
    <div role="alert">
      <Empty
        icon={<IconAlertTriangle size={22} aria-hidden />}
        page={page}
        title={title ?? (refused ? t('This is not open to you') : t('This could not be loaded'))}
        action={action || (onRetry && !refused && <Button onClick={onRetry}>{t('Try again')}</Button>)}
      >
        {reason}
      </Empty>
    </div>
  )
}
