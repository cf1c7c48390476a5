import { IconArrowDown, IconArrowUp, IconForms, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty, IconButton } from '@/shared/ui'
import { useAllFields, mapById, useFolders } from '@/shared/vocabulary'
import { useRemove, useReorder } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { Page } from '../shared/Page'
import { movedBy } from '@/shared/places'
import classes from '../shared/settings.module.css'
import { FieldForm } from './FieldForm'
import { typeLabel } from './types'

const size = { size: 16, stroke: 1.7, 'aria-hidden': true } as const

export function FieldsPage() {
  const fields = useAllFields()
  const folders = mapById(useFolders())
  const can = useCan()
  const mayEdit = can('fields.edit')
  const reorder = useReorder('/fields')
  const remove = useRemove('/fields')
  const [editing, setEditing] = useState<Field | 'new'>()
  const [leaving, setLeaving] = useState<Field>()
  const move = (field: Field, by: 1 | -1) => {
    const places = movedBy(fields, field.id, by)
    if (places.length > 0) reorder.mutate(places)
  }
  const add = can('fields.create') && (
    <Button tone="brand" icon={<IconPlus size={16} stroke={2} aria-hidden />} onClick={() => setEditing('new')}>{t('Add a field')}</Button>
  )
  return (
    <Page title={t('Custom fields')} lead={t('What you want to know of customers beyond name and address. The order is that of the profile.')} action={fields.length > 0 && add}>
      <section className={classes.card} aria-label={t('Custom fields')}>
        {fields.length === 0 && (
          <Empty icon={<IconForms size={22} aria-hidden />} title={t('No fields of your own yet')} action={add}>{t('A birthday, a loyalty number, the model of a boiler: whatever your work needs.')}</Empty>
        )}
        <ul className={classes.list}>
          {fields.map((field, i) => (
            <li key={field.id} className={classes.row}>
              <div className={classes.main}>
                <b>{field.label}</b>
                <small>
                  {typeLabel(field.type)} · <code>{field.key}</code>
                  {field.folder_ids.length > 0 && ` · ${field.folder_ids.map((id) => folders.get(id)?.name).filter(Boolean).join(', ')}`}
                </small>
              </div>
              <span className={`${classes.badges} ${classes.wide}`}>
                {field.required && <span className={classes.badge} data-tone="warn">{t('Required')}</span>}
                {field.sensitive && <span className={classes.badge} data-tone="bad">{t('Sensitive')}</span>}
                {field.follow_up && <span className={classes.badge} data-tone="info">{t('Follow-up')}</span>}
              </span>
              <span className={classes.acts}>
                {mayEdit && (
                  <>
                    <IconButton small tip="top" label={t('Move {name} up', { name: field.label })} disabled={i === 0} onClick={() => move(field, -1)}><IconArrowUp {...size} /></IconButton>
                    <IconButton small tip="top" label={t('Move {name} down', { name: field.label })} disabled={i === fields.length - 1} onClick={() => move(field, 1)}><IconArrowDown {...size} /></IconButton>
                    <IconButton small tip="top" label={t('Edit {name}', { name: field.label })} onClick={() => setEditing(field)}><IconPencil {...size} /></IconButton>
                  </>
                )}
                {can('fields.delete') && <IconButton small tip="top" label={t('Delete {name}', { name: field.label })} onClick={() => { remove.reset(); setLeaving(field) }}><IconTrash {...size} /></IconButton>}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {editing && <FieldForm field={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {leaving && (
        <Confirm title={t('Delete the field {name}?', { name: leaving.label })} action={t('Delete the field')} record={leaving} remove={remove} onClose={() => setLeaving(undefined)}>
          {t('It disappears from every profile and filter. The timelines keep what it said.')}
        </Confirm>
      )}
    </Page>
  )
}
