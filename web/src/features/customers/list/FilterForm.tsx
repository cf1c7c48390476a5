import { t } from '@/shared/i18n'
import { Button, SelectBox, TextBox } from '@/shared/ui'
import { useById, useFolders, useStatuses, useTags, useUsers, statusesOf } from '@/shared/vocabulary'
import { countryOptions } from '@/shared/format/countries'
import { useListSearch } from '../useWorkspace'
import { CustomFilters } from './CustomFilters'
import classes from './FilterPopover.module.css'

export function FilterForm() {
  const { search, setSearch } = useListSearch()
  const folders = useById(useFolders())
  const statuses = useStatuses()
  const tags = useTags()
  const users = useUsers()
  const offered = search.folder ? statusesOf(search.folder, folders, statuses) : statuses
  const picked = search.tag ?? []
  const toggle = (id: string) => {
    const next = picked.includes(id) ? picked.filter((x) => x !== id) : [...picked, id]
    setSearch({ tag: next.length > 0 ? next : undefined })
  }
  const clear = () => setSearch({ status: undefined, worker: undefined, kind: undefined, source: undefined, country: undefined, tag: undefined, field: undefined })
  return (
    <div className={classes.form}>
      <div className={classes.pair}>
        <SelectBox label={t('Status')} value={search.status ?? ''} onChange={(e) => setSearch({ status: e.target.value || undefined })}>
          <option value="">{t('Any')}</option>
          {offered.map((s) => (
            <option key={s.id} value={s.id}>{search.folder ? s.name : `${s.name} · ${folders.get(s.folder_id)?.name ?? ''}`}</option>
          ))}
        </SelectBox>
        <SelectBox label={t('Worker')} value={search.worker ?? ''} onChange={(e) => setSearch({ worker: e.target.value || undefined })}>
          <option value="">{t('Anyone')}</option>
          <option value="me">{t('Me')}</option>
          {users.map((u) => (
            <option key={u.id} value={u.id}>{u.name}</option>
          ))}
        </SelectBox>
        <SelectBox label={t('Kind')} value={search.kind ?? ''} onChange={(e) => setSearch({ kind: (e.target.value || undefined) as 'person' | undefined })}>
          <option value="">{t('Any')}</option>
          <option value="person">{t('People')}</option>
          <option value="company">{t('Companies')}</option>
        </SelectBox>
        <SelectBox label={t('Country')} value={search.country ?? ''} onChange={(e) => setSearch({ country: e.target.value || undefined })}>
          <option value="">{t('Any')}</option>
          {countryOptions().map((c) => (
            <option key={c.value} value={c.value}>{c.label}</option>
          ))}
        </SelectBox>
      </div>
      <TextBox label={t('Source')} defaultValue={search.source ?? ''} placeholder={t('Any')} onBlur={(e) => setSearch({ source: e.target.value.trim() || undefined })} />
      {tags.length > 0 && (
        <fieldset className={classes.set}>
          <legend className={classes.legend}>{t('Has all of these tags')}</legend>
          <div className={classes.tags}>
            {tags.map((tag) => (
              <button key={tag.id} type="button" className={classes.tag} data-tone={tag.tone} aria-pressed={picked.includes(tag.id)} onClick={() => toggle(tag.id)}>
                {tag.name}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <CustomFilters />
      <div className={classes.foot}>
        <Button compact tone="quiet" onClick={clear}>{t('Clear all')}</Button>
      </div>
    </div>
  )
}
