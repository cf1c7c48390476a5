import { useState, type FormEvent } from 'react'
import { t } from '@/shared/i18n'
import type { Asked } from '@/shared/store'
import { Button, Dialog, SelectBox } from '@/shared/ui'
import { statusesOf, mapById, useFolders, useStatuses } from '@/shared/vocabulary'
import type { Answer, Move } from './question'
import classes from './WhatChanges.module.css'

/** What a move to a folder changes beside the place: the status, what is wanted there, what is not shown there. */
export function WhatChanges({ question }: { question: Asked<Move, Answer> }) {
  const { name, folder, changes, answer } = question
  const offered = statusesOf(folder.id, mapById(useFolders()), useStatuses())
  const [landing] = changes.statuses
  const [status, setStatus] = useState(landing?.to_id ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    answer({ status: status && status !== landing?.to_id ? status : undefined })
  }
  const fields = (list: { label: string }[]) => list.map((f) => f.label).join(', ')
  const names = (staff: { name: string }[]) => staff.map((one) => one.name).join(', ')
  return (
    <Dialog title={t('Move {name} to {folder}', { name, folder: folder.name })} opened onClose={() => answer(undefined)} size={430}>
      <form className={classes.form} onSubmit={submit}>
        {landing?.lost && <p className={classes.line}>{t('The status {status} is not used there.', { status: landing.from_name })}</p>}
        {offered.length > 0 && (
          <SelectBox label={t('Status there')} value={status} onChange={(e) => setStatus(e.target.value)}>
            {offered.map((s) => <option key={s.id} value={s.id}>{s.name}</option>)}
          </SelectBox>
        )}
        {changes.missing.length > 0 && <p className={classes.warn}>{t('Required there and still empty: {fields}', { fields: fields(changes.missing) })}</p>}
        {changes.hidden.length > 0 && <p className={classes.line}>{t('Kept, but not shown there: {fields}', { fields: fields(changes.hidden) })}</p>}
        {changes.losing.length > 0 && <p className={classes.warn}>{t('Will not see this customer any more: {names}', { names: names(changes.losing) })}</p>}
        {changes.gaining.length > 0 && <p className={classes.line}>{t('Will see this customer too: {names}', { names: names(changes.gaining) })}</p>}
        <div className={classes.foot}>
          <Button tone="quiet" onClick={() => answer(undefined)}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" data-autofocus>{t('Move')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
