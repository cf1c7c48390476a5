import { useState } from 'react'
import type { Import } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, SelectBox, TextBox } from '@/shared/ui'
import { folderTree, useFields, useFolders, useTags } from '@/shared/vocabulary'
import classes from './Imports.module.css'
import { useChangeImport, useImportStep } from './api/imports'

/** How rows find customers who are there already, and what becomes of the new ones. */
export function Options({ one }: { one: Import }) {
  const tags = useTags()
  const change = useChangeImport(one.id)
  const step = useImportStep(one.id)
  const [sample, setSample] = useState(one.sample ? String(one.sample) : '')
  const staff = one.kind === 'staff'
  const mapped = Object.values(one.mapping).filter((field) => field !== '-').length
  const error = change.error ?? step.error
  return (
    <section className={classes.card} aria-label={t('How to import')}>
      <div className={classes.pad}>
        <h2>{t('How to import')}</h2>
        {staff && <p className={classes.sub}>{t('Colleagues come in as Staff, without a way to sign in until you invite them. Who is here already stays as they are.')}</p>}
        <div className={classes.options}>
          {!staff && <SamePeople one={one} />}
          <TextBox
            label={t('Only the first rows')}
            type="number"
            min={1}
            inputMode="numeric"
            placeholder={t('all of them')}
            value={sample}
            onChange={(e) => setSample(e.target.value)}
            onBlur={() => Number(sample || 0) !== (one.sample ?? 0) && change.mutate({ sample: sample ? Math.max(1, Number(sample)) : null })}
          />
          {!staff && tags.length > 0 && (
            <div className={classes.tags} role="group" aria-label={t('Everyone gets the tags')}>
              <span aria-hidden>{t('Everyone gets the tags')}</span>
              <div>
                {tags.map((tag) => {
                  const on = one.tag_ids.includes(tag.id)
                  return (
                    <button key={tag.id} type="button" aria-pressed={on} data-tone={tag.tone} onClick={() => change.mutate({ tag_ids: on ? one.tag_ids.filter((id) => id !== tag.id) : [...one.tag_ids, tag.id] })}>
                      {tag.name}
                    </button>
                  )
                })}
              </div>
            </div>
          )}
        </div>
        {error && <p className={classes.error} role="alert">{error.message}</p>}
        <div className={classes.foot}>
          <span className={classes.grow}>{mapped === 0 ? t('Say where at least one column goes.') : t('The dry run changes nothing.')}</span>
          <Button tone="brand" disabled={mapped === 0 || step.isPending || change.isPending} onClick={() => step.mutate({ step: 'preview' })}>{t('Try it out')}</Button>
        </div>
      </div>
    </section>
  )
}

/** Who is the same customer, and what becomes of those who are there already and of the new ones. */
function SamePeople({ one }: { one: Import }) {
  const folders = useFolders()
  const fields = useFields()
  const change = useChangeImport(one.id)
  return (
    <>
      <SelectBox label={t('A customer is the same when')} value={one.match_on ?? ''} onChange={(e) => change.mutate({ match_on: e.target.value || null })}>
        <option value="">{t('the id, the e-mail or the phone is the same')}</option>
        <option value="key">{t('the id of the other program is the same')}</option>
        <option value="email">{t('the e-mail is the same')}</option>
        <option value="phone">{t('the phone is the same')}</option>
        {fields.map((f) => <option key={f.id} value={`custom.${f.key}`}>{t('{field} is the same', { field: f.label })}</option>)}
      </SelectBox>
      <SelectBox label={t('Customers who are there already')} value={one.policy} onChange={(e) => change.mutate({ policy: e.target.value as Import['policy'] })}>
        <option value="fill">{t('get what they lack')}</option>
        <option value="overwrite">{t('are overwritten by the file')}</option>
        <option value="keep">{t('stay as they are')}</option>
      </SelectBox>
      <SelectBox label={t('New customers go into')} value={one.folder_id ?? ''} onChange={(e) => change.mutate({ folder_id: e.target.value || null })}>
        <option value="">{t('the first folder')}</option>
        {folderTree(folders).map(({ folder, depth }) => <option key={folder.id} value={folder.id}>{`${'  '.repeat(depth)}${folder.name}`}</option>)}
      </SelectBox>
    </>
  )
}
