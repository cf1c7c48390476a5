import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import type { Folder, Status } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, IconButton, StatusPill, TextBox } from '@/shared/ui'
import { statusesOf, mapById, useFolders, useStatuses } from '@/shared/vocabulary'
import { useChange, useCreate, useRemove, useReorder } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { InlineText } from '../shared/InlineText'
import { at, Refused } from '../shared/Page'
import { movedBy } from '@/shared/places'
import { ToneMenu } from '../shared/ToneMenu'
import classes from '../shared/settings.module.css'
import { useMayManage } from './useMayManage'

const size = { size: 16, stroke: 1.7, 'aria-hidden': true } as const

export function StatusList({ folder }: { folder: Folder }) {
  const all = useStatuses()
  const byId = mapById(useFolders())
  const statuses = all.filter((s) => s.folder_id === folder.id)
  const inherited = statuses.length === 0 ? statusesOf(folder.parent_id, byId, all) : []
  const may = useMayManage()
  const disabled = !may(folder, 'folders.edit')
  const change = useChange('/statuses')
  const remove = useRemove('/statuses')
  const reorder = useReorder('/statuses')
  const [leaving, setLeaving] = useState<Status>()
  const move = (status: Status, by: 1 | -1) => {
    const places = movedBy(statuses, status.id, by)
    if (places.length > 0) reorder.mutate(places)
  }
  return (
    <section className={classes.card} aria-label={t('Statuses of {name}', { name: folder.name })}>
      <div className={classes.pad}>
        <h3 className={classes.title}>{t('Statuses')}</h3>
        <p className={classes.sub}>
          {statuses.length > 0
            ? t('Where a customer in this folder stands. The order is that of the status menu.')
            : inherited.length > 0
              ? t('Those of the folder above. Add one here to begin a list of its own.')
              : t('None yet. Add the first one, such as “Contacted”.')}
        </p>
        {inherited.length > 0 && <div className={classes.badges}>{inherited.map((s) => <StatusPill key={s.id} name={s.name} tone={s.tone} />)}</div>}
      </div>
      <ul className={classes.list}>
        {statuses.map((status, i) => (
          <li key={status.id} className={classes.row}>
            <ToneMenu label={t('Colour of {name}', { name: status.name })} value={status.tone} disabled={disabled} onChange={(tone) => change.mutate({ record: status, change: { tone } })} />
            <InlineText label={t('Name of the status')} value={status.name} disabled={disabled} onSave={(name) => change.mutateAsync({ record: status, change: { name } })} />
            {!disabled && (
              <span className={classes.acts}>
                <IconButton small tip="top" label={t('Move {name} up', { name: status.name })} disabled={i === 0} onClick={() => move(status, -1)}><IconArrowUp {...size} /></IconButton>
                <IconButton small tip="top" label={t('Move {name} down', { name: status.name })} disabled={i === statuses.length - 1} onClick={() => move(status, 1)}><IconArrowDown {...size} /></IconButton>
                <IconButton small tip="top" label={t('Delete the status {name}', { name: status.name })} onClick={() => { remove.reset(); setLeaving(status) }}><IconTrash {...size} /></IconButton>
              </span>
            )}
          </li>
        ))}
      </ul>
      {!disabled && <NewStatus folder={folder} />}
      {leaving && (
        <Confirm title={t('Delete the status {name}?', { name: leaving.name })} action={t('Delete the status')} record={leaving} remove={remove} onClose={() => setLeaving(undefined)}>
          {t('A status that customers have can’t be deleted; give them another first.')}
        </Confirm>
      )}
    </section>
  )
}

function NewStatus({ folder }: { folder: Folder }) {
  const [name, setName] = useState('')
  const create = useCreate('/statuses')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) create.mutate({ name: name.trim(), folder_id: folder.id, tone: folder.tone }, { onSuccess: () => setName('') })
  }
  return (
    <>
      <form className={classes.add} onSubmit={submit}>
        <TextBox label={t('New status')} hideLabel placeholder={t('New status')} value={name} onChange={(e) => setName(e.target.value)} error={at(create.error, '/name')} />
        <Button type="submit" disabled={!name.trim() || create.isPending}>{t('Add')}</Button>
      </form>
      <Refused error={create.error} fields={['/name']} />
    </>
  )
}
