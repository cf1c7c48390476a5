import { useState, type FormEvent } from 'react'
import { ApiError, type Expression, type View } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, CheckBox, Dialog, TextBox } from '@/shared/ui'
import { useCreateView } from '../api/views'
import { chipOf } from '../builder/ChipButton'
import { useNames } from '../names'
import { expressionText } from '../words'
import classes from './Views.module.css'

interface Props {
  filter: Expression | undefined
  sort: string | undefined
  onSaved: (view: View) => void
  onClose: () => void
}

/** Keeps the list as it is now under a name. */
export function SaveView({ filter, sort, onSaved, onClose }: Props) {
  const names = useNames()
  const create = useCreateView()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const error = create.error instanceof ApiError ? (create.error.at('/name') ?? create.error.message) : create.error?.message
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    create.mutate({ name: name.trim(), filter: filter ?? { all: [] }, sort: sort ?? null, shared }, { onSuccess: (view) => { onSaved(view); onClose() } })
  }
  return (
    <Dialog title={t('Save as a view')} opened onClose={onClose} size={430}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.summary}>{t('Customers {conditions}', { conditions: filter ? expressionText(filter, names, chipOf) : t('– everybody') })}</p>
        <TextBox label={t('Name')} data-autofocus maxLength={100} value={name} error={error} onChange={(e) => setName(e.target.value)} />
        <CheckBox label={t('Share with everyone')} help={t('Others see it, you and managers change it.')} checked={shared} onChange={(e) => setShared(e.target.checked)} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={!name.trim() || create.isPending}>{t('Save the view')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
