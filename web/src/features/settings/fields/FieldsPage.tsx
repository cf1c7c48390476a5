import { IconArrowDown, IconArrowUp, IconAsterisk, IconForms, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Field } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty, IconButton, SelectBox } from '@/shared/ui'
import { fieldsIn, folderTree, mapById, otherwiseIn, useAllFields, useFolders } from '@/shared/vocabulary'
import { useEach, useRemove, useReorder } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { Page, Refused } from '../shared/Page'
import { movedBy } from '@/shared/places'
import classes from '../shared/settings.module.css'
import { FieldForm } from './FieldForm'
import { typeLabel } from './types'

const size = { size: 16, stroke: 1.7, 'aria-hidden': true } as const

export function FieldsPage() {
  const all = useAllFields()
  const tree = useFolders()
  const folders = mapById(tree)
  // The folder whose own order and duties are shown; none: those of all folders.
  const [place, setPlace] = useState('')
  const fields = place ? fieldsIn(all, place) : all
  const can = useCan()
  const mayEdit = can('fields.edit')
  const reorder = useReorder('/fields')
  const each = useEach('/fields')
  const remove = useRemove('/fields')
  const [editing, setEditing] = useState<Field | 'new'>()
  const [leaving, setLeaving] = useState<Field>()
  const move = (field: Field, by: 1 | -1) => {
    const places = movedBy(fields, field.id, by)
    if (places.length === 0) return
    if (place) otherwise(places.map(({ id, rank }) => [id, { rank }]))
    else reorder.mutate(places)
  }
  const byId = mapById(all)
  const otherwise = (changes: [id: string, change: { rank?: number | null; required?: boolean | null }][]) =>
    each.mutate(changes.map(([id, change]) => ({ record: byId.get(id)!, change: { by_folder: otherwiseIn(byId.get(id)!, place, change) } })))
  const own = place ? fields.filter((f) => f.by_folder.some((one) => one.folder_id === place)) : []
  const add = can('fields.create') && (
    <Button tone="brand" icon={<IconPlus size={16} stroke={2} aria-hidden />} onClick={() => setEditing('new')}>{t('Add a field')}</Button>
  )
  return (
    <Page title={t('Custom fields')} lead={t('What you want to know of customers beyond name and address. The order is that of the profile; a folder can have its own.')} action={all.length > 0 && add}>
      <section className={classes.card} aria-label={t('Custom fields')}>
        {all.length === 0 && (
          <Empty icon={<IconForms size={22} aria-hidden />} title={t('No fields of your own yet')} action={add}>{t('A birthday, a loyalty number, the model of a boiler: whatever your work needs.')}</Empty>
        )}
        {all.length > 0 && tree.length > 0 && (
          <div className={classes.choose}>
            <SelectBox label={t('Order and required fields of')} value={place} onChange={(e) => { each.reset(); setPlace(e.target.value) }}>
              <option value="">{t('All folders')}</option>
              {folderTree(tree).map(({ folder, depth }) => <option key={folder.id} value={folder.id}>{`${'  '.repeat(depth)}${folder.name}`}</option>)}
            </SelectBox>
            {own.length > 0 && mayEdit && <Button onClick={() => otherwise(own.map((f) => [f.id, { rank: null, required: null }]))}>{t('As in all folders')}</Button>}
          </div>
        )}
        <Refused error={each.error} />
        {place && fields.length === 0 && <p className={classes.sub}>{t('No field shows in this folder.')}</p>}
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
                    {place && (
                      <IconButton small tip="top" aria-pressed={field.required} label={t('{name} is required here', { name: field.label })} disabled={each.isPending} onClick={() => otherwise([[field.id, { required: field.required === !byId.get(field.id)!.required ? null : !field.required }]])}>
                        <IconAsterisk {...size} />
                      </IconButton>
                    )}
                    <IconButton small tip="top" label={t('Move {name} up', { name: field.label })} disabled={i === 0 || each.isPending} onClick={() => move(field, -1)}><IconArrowUp {...size} /></IconButton>
                    <IconButton small tip="top" label={t('Move {name} down', { name: field.label })} disabled={i === fields.length - 1 || each.isPending} onClick={() => move(field, 1)}><IconArrowDown {...size} /></IconButton>
                    <IconButton small tip="top" label={t('Edit {name}', { name: field.label })} onClick={() => setEditing(byId.get(field.id))}><IconPencil {...size} /></IconButton>
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
