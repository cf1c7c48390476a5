import { useState, type FormEvent } from 'react'
import type { Field, FieldType } from '@/shared/api'
import { t } from '@/shared/i18n'
import { AreaBox, Button, CheckBox, Dialog, SelectBox, TextBox } from '@/shared/ui'
import fieldClasses from '@/shared/ui/Fields.module.css'
import { folderTree, useFolders, useRoles } from '@/shared/vocabulary'
import { useChange, useCreate } from '../api/records'
import { at, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'
import own from './FieldForm.module.css'
import { OptionsEditor } from './OptionsEditor'
import { cleanOptions, type DraftOption, toDraft } from './options'
import { FIELD_TYPES, hasOptions } from './types'

const EMPTY = { key: '', label: '', type: 'text' as FieldType, options: [] as Field['options'], required: false, sensitive: false, follow_up: false, folder_ids: [] as string[], help: null as string | null }

export function FieldForm({ field, onClose }: { field: Field | undefined; onClose: () => void }) {
  const folders = useFolders()
  const readers = useRoles().filter((r) => r.permissions.includes('customers.sensitive')).map((r) => r.name)
  const [draft, setDraft] = useState(field ?? EMPTY)
  const [options, setOptions] = useState<DraftOption[]>(() => toDraft(field?.options ?? []))
  const create = useCreate('/fields')
  const change = useChange('/fields')
  const { error, isPending } = field ? change : create
  const set = (changed: Partial<typeof EMPTY>) => setDraft((old) => ({ ...old, ...changed }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = {
      label: draft.label.trim(), required: draft.required, sensitive: draft.sensitive, follow_up: draft.type === 'date_time' && draft.follow_up, folder_ids: draft.folder_ids,
      help: draft.help?.trim() || null, ...(hasOptions(draft.type) ? { options: cleanOptions(options) } : {}),
    }
    if (field) change.mutate({ record: field, change: said }, { onSuccess: onClose })
    else create.mutate({ ...said, type: draft.type, ...(draft.key.trim() ? { key: draft.key.trim() } : {}) }, { onSuccess: onClose })
  }
  return (
    <Dialog title={field ? t('Edit {name}', { name: field.label }) : t('Add a field')} opened onClose={onClose} size={560}>
      <form className={classes.form} onSubmit={submit}>
        <TextBox label={t('Label')} required data-autofocus value={draft.label} onChange={(e) => set({ label: e.target.value })} error={at(error, '/label')} />
        <div className={classes.pair}>
          <SelectBox label={t('Type')} value={draft.type} disabled={field !== undefined} help={field && t('The type stays as it was made.')} onChange={(e) => set({ type: e.target.value as FieldType })} error={at(error, '/type')}>
            {FIELD_TYPES.map((x) => <option key={x.value} value={x.value}>{x.label}</option>)}
          </SelectBox>
          <TextBox
            label={t('Key for programs')}
            value={draft.key}
            disabled={field !== undefined}
            placeholder={t('made from the label')}
            pattern="[a-z][a-z0-9_]*"
            title={t('Small letters, digits and _')}
            onChange={(e) => set({ key: e.target.value })}
            error={at(error, '/key')}
          />
        </div>
        {hasOptions(draft.type) && <OptionsEditor options={options} onChange={setOptions} error={at(error, '/options')} />}
        <AreaBox label={t('Help below the field')} rows={2} value={draft.help ?? ''} onChange={(e) => set({ help: e.target.value })} error={at(error, '/help')} />
        <div className={own.checks}>
          <CheckBox label={t('Required')} help={t('A customer can’t be saved without it.')} checked={draft.required} onChange={(e) => set({ required: e.target.checked })} />
          <CheckBox label={t('Sensitive')} help={readers.length > 0 ? t('For everybody else it is not there, neither in search nor in exports. Roles that may read sensitive fields: {roles}.', { roles: readers.join(', ') }) : t('Shown only to roles that may read sensitive fields.')} checked={draft.sensitive} onChange={(e) => set({ sensitive: e.target.checked })} />
          {draft.type === 'date_time' && (
            <CheckBox label={t('Follow-up')} help={t('Its time stands in the follow-up queue.')} checked={draft.follow_up} onChange={(e) => set({ follow_up: e.target.checked })} />
          )}
        </div>
        {folders.length > 0 && (
          <fieldset className={own.folders}>
            <legend className={fieldClasses.label}>{t('Only in these folders')}</legend>
            <p className={fieldClasses.help}>{t('None chosen: in all of them.')}</p>
            {folderTree(folders).map(({ folder, depth }) => (
              <div key={folder.id} style={{ paddingInlineStart: depth * 18 }}>
                <CheckBox
                  label={folder.name}
                  checked={draft.folder_ids.includes(folder.id)}
                  onChange={(e) => set({ folder_ids: e.target.checked ? [...draft.folder_ids, folder.id] : draft.folder_ids.filter((id) => id !== folder.id) })}
                />
              </div>
            ))}
          </fieldset>
        )}
        <Refused error={error} fields={['/label', '/type', '/key', '/options', '/help']} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={!draft.label.trim() || isPending}>{field ? t('Save') : t('Add the field')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
