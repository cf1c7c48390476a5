import { IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Folder } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, SelectBox } from '@/shared/ui'
import { countsWithin, folderTree, statusesOf, mapById, useFolders, useStatuses, useTags } from '@/shared/vocabulary'
import { useChange, useRemove } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { InlineText } from '../shared/InlineText'
import { at, Refused } from '../shared/Page'
import { Segments } from '../shared/Segments'
import { ToneMenu } from '../shared/ToneMenu'
import classes from '../shared/settings.module.css'
import own from './Folders.module.css'
import { possibleParents } from './tree'
import { useMayManage } from './useMayManage'

/** One folder: what it means, where it hangs, what new customers in it get. Every change is kept at once. */
export function FolderCard({ folder, onGone }: { folder: Folder; onGone: () => void }) {
  const folders = useFolders()
  const byId = mapById(folders)
  const statuses = statusesOf(folder.id, byId, useStatuses())
  const tags = useTags()
  const may = useMayManage()
  const disabled = !may(folder, 'folders.edit')
  const change = useChange('/folders')
  const remove = useRemove('/folders')
  const [leaving, setLeaving] = useState(false)
  const parents = useMemo(() => folderTree(possibleParents(folders, folder.id)), [folders, folder.id])
  const all = countsWithin(folders).get(folder.id) ?? folder.customers
  const save = (changed: Partial<Folder>) => change.mutate({ record: folder, change: changed })
  return (
    <section className={`${classes.card} ${classes.pad}`} aria-label={t('Folder {name}', { name: folder.name })}>
      <div className={own.name}>
        <ToneMenu label={t('Colour of {name}', { name: folder.name })} value={folder.tone} disabled={disabled} onChange={(tone) => save({ tone })} />
        <InlineText label={t('Name of the folder')} value={folder.name} disabled={disabled} onSave={(name) => change.mutateAsync({ record: folder, change: { name } })} />
      </div>
      <p className={own.counted}>
        {t('{n, plural, =0 {Nobody is in it.} one {# customer is in it.} other {# customers are in it.}}', { n: all })}
        {all > folder.customers && ` ${t('{n} directly, {m} in the folders below it.', { n: count(folder.customers), m: count(all - folder.customers) })}`}
      </p>
      <Segments
        label={t('Who is in it')}
        value={folder.stage}
        disabled={disabled}
        options={[{ value: 'lead', label: t('Leads') }, { value: 'active', label: t('Active customers') }, { value: 'closed', label: t('Closed') }]}
        onChange={(stage) => save({ stage })}
      />
      <div className={classes.pair}>
        <SelectBox label={t('Inside of')} value={folder.parent_id ?? ''} disabled={disabled} onChange={(e) => save({ parent_id: e.target.value || null })} error={at(change.error, '/parent_id')}>
          <option value="">{t('Nothing, it stands on top')}</option>
          {folder.parent_id && !byId.has(folder.parent_id) && <option value={folder.parent_id}>{t('A folder that you don’t see')}</option>}
          {parents.map(({ folder: f, depth }) => <option key={f.id} value={f.id}>{`${'  '.repeat(depth)}${f.name}`}</option>)}
        </SelectBox>
        <SelectBox label={t('Status of new customers')} value={folder.default_status_id ?? ''} disabled={disabled || statuses.length === 0} onChange={(e) => save({ default_status_id: e.target.value || null })} error={at(change.error, '/default_status_id')}>
          <option value="">{t('None')}</option>
          {statuses.map((s) => <option key={s.id} value={s.id}>{s.name}</option>)}
        </SelectBox>
      </div>
      {tags.length > 0 && (
        <div className={own.tags} role="group" aria-label={t('Tags of new customers')}>
          <span aria-hidden>{t('Tags of new customers')}</span>
          <div>
            {tags.map((tag) => {
              const on = folder.default_tag_ids.includes(tag.id)
              const next = on ? folder.default_tag_ids.filter((id) => id !== tag.id) : [...folder.default_tag_ids, tag.id]
              return (
                <button key={tag.id} type="button" aria-pressed={on} data-tone={tag.tone} disabled={disabled} onClick={() => save({ default_tag_ids: next })}>
                  {tag.name}
                </button>
              )
            })}
          </div>
        </div>
      )}
      <Refused error={change.error} fields={['/name', '/parent_id', '/default_status_id']} />
      {may(folder, 'folders.delete') && (
        <div className={classes.foot}>
          <Button tone="quiet" icon={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => { remove.reset(); setLeaving(true) }}>{t('Delete the folder')}</Button>
        </div>
      )}
      {leaving && (
        <Confirm title={t('Delete the folder {name}?', { name: folder.name })} action={t('Delete the folder')} record={folder} remove={{ ...remove, mutate: (record, options) => remove.mutate(record, { ...options, onSuccess: (...args) => { options?.onSuccess?.(...args); onGone() } }) }} onClose={() => setLeaving(false)}>
          {t('Its statuses go with it. A folder with customers or folders in it can’t be deleted.')}
        </Confirm>
      )}
    </section>
  )
}
