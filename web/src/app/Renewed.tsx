import { IconRefresh } from '@tabler/icons-react'
import { t } from '@/shared/i18n'
import { Button } from '@/shared/ui'
import { renewed } from './renewal'
import classes from './Root.module.css'

export const useRenewed = () => renewed.use()

/** Says that the page is older than the server; what is being typed is the person's to save first. */
export function Renewed() {
  const shown = useRenewed()
  return (
    <div role="status">
      {shown && (
        <p className={classes.renewed}>
          <IconRefresh size={17} stroke={1.8} aria-hidden />
          {t('Patron was updated. Save what you are writing, then reload.')}
          <Button compact tone="brand" onClick={() => location.reload()}>{t('Reload')}</Button>
        </p>
      )}
    </div>
  )
}
