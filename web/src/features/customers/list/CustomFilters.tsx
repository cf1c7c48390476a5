import { useState } from 'react'
import type { Field } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, SelectBox, TagChip, TextBox } from '@/shared/ui'
import { useFields } from '@/shared/vocabulary'
import { readCustomFilter, writeCustomFilter, type CustomFilter } from '../api/search'
import { useListSearch } from '../useWorkspace'
import classes from './FilterPopover.module.css'

const RANGED = new Set<Field['type']>(['number', 'date', 'date_time'])
const INPUT: Partial<Record<Field['type'], string>> = { number: 'number', date: 'date', date_time: 'datetime-local' }
const OPS: Record<CustomFilter['op'], string> = { is: '=', gte: '≥', lte: '≤' }
const FILTERABLE = (f: Field) => !['file', 'customer', 'money', 'long_text'].includes(f.type)

function optionsOf(field: Field): { value: string; label: string }[] | undefined {
  if (field.type === 'checkbox') return [{ value: 'true', label: t('Yes') }, { value: 'false', label: t('No') }]
  return field.type === 'choice' || field.type === 'choices' ? field.options : undefined
}

/** Filters by the business's own fields: field, comparison, value. */
export function CustomFilters() {
  const { search, setSearch } = useListSearch()
  const fields = useFields().filter(FILTERABLE)
  const [key, setKey] = useState('')
  const [op, setOp] = useState<CustomFilter['op']>('is')
  const [value, setValue] = useState('')
  const field = fields.find((f) => f.key === key)
  const set = (search.field ?? []).map(readCustomFilter)
  const options = field && optionsOf(field)
  if (fields.length === 0) return null

  const add = () => {
    setSearch({ field: [...(search.field ?? []), writeCustomFilter({ key, op: field && RANGED.has(field.type) ? op : 'is', value })] })
    setKey('')
    setValue('')
  }
  const words = (f: CustomFilter) => {
    const known = fields.find((x) => x.key === f.key)
    const shown = (known && optionsOf(known))?.find((o) => o.value === f.value)?.label ?? f.value
    return `${known?.label ?? f.key} ${OPS[f.op]} ${shown}`
  }
  return (
    <fieldset className={classes.set}>
      <legend className={classes.legend}>{t('Own fields')}</legend>
      <div className={classes.custom}>
        <SelectBox label={t('Field')} hideLabel value={key} onChange={(e) => { setKey(e.target.value); setValue('') }}>
          <option value="">{t('Choose a field')}</option>
          {fields.map((f) => (
            <option key={f.key} value={f.key}>{f.label}</option>
          ))}
        </SelectBox>
        <SelectBox label={t('Comparison')} hideLabel value={op} disabled={!field || !RANGED.has(field.type)} onChange={(e) => setOp(e.target.value as CustomFilter['op'])}>
          {Object.entries(OPS).map(([k, label]) => (
            <option key={k} value={k}>{label}</option>
          ))}
        </SelectBox>
        {options ? (
          <SelectBox label={t('Value')} hideLabel value={value} onChange={(e) => setValue(e.target.value)}>
            <option value="">{t('Choose')}</option>
            {options.map((o) => (
              <option key={o.value} value={o.value}>{o.label}</option>
            ))}
          </SelectBox>
        ) : (
          <TextBox label={t('Value')} hideLabel type={(field && INPUT[field.type]) ?? 'text'} disabled={!field} value={value} onChange={(e) => setValue(e.target.value)} />
        )}
      </div>
      <div className={classes.chips}>
        {set.map((f, i) => (
          <TagChip key={writeCustomFilter(f)} tag={{ name: words(f), tone: 'info' }} onRemove={() => setSearch({ field: search.field!.length > 1 ? search.field!.filter((_, at) => at !== i) : undefined })} />
        ))}
        {field && value && <Button compact onClick={add}>{t('Add filter')}</Button>}
      </div>
    </fieldset>
  )
}
