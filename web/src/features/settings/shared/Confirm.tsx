import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n'
import { Button, Dialog } from '@/shared/ui'
import { Refused } from './Page'
import classes from './settings.module.css'

interface Props<T> {
  title: string
  children: ReactNode
  action: string
  record: T
  remove: Pick<UseMutationResult<unknown, Error, T>, 'mutate' | 'error' | 'isPending'>
  onClose: () => void
}

/** Asks before what can't be taken back; what the server refuses is said in the same place. Enter alone does nothing. */
export function Confirm<T>({ title, children, action, record, remove, onClose }: Props<T>) {
  return (
    <Dialog title={title} opened onClose={onClose} size={420}>
      <div className={classes.form}>
        <div>{children}</div>
        <Refused error={remove.error} />
        <div className={classes.foot}>
          <Button tone="quiet" data-autofocus onClick={onClose}>{t('Cancel')}</Button>
          <Button tone="danger" disabled={remove.isPending} onClick={() => remove.mutate(record, { onSuccess: onClose })}>{action}</Button>
        </div>
      </div>
    </Dialog>
  )
}
