import { languageOptions } from '@/shared/choices'
import { t } from '@/shared/i18n'
import { CheckBox, SelectBox } from '@/shared/ui'
import { useFieldOptions, ValueBox, valueKind, type ValueKind } from '@/shared/values'
import { useFields } from '@/shared/vocabulary'
import type { Drafted } from './actions'
import classes from './Bulk.module.css'

interface Settable {
  key: string
  label: string
  kind: ValueKind
  options?: { value: string; label: string }[]
}

const CHANNELS = [['email', t('E-mail')], ['call', t('Call')], ['whatsapp', t('WhatsApp')], ['sms', t('SMS')], ['post', t('Post')]].map(([value, label]) => ({ value: value!, label: label! }))

function useSettable(): Settable[] {
  const optionsOf = useFieldOptions()
  const own = useFields().flatMap((f): Settable[] => {
    const kind = valueKind(f.type)
    return kind ? [{ key: `custom.${f.key}`, label: f.label, kind, options: optionsOf(f) }] : []
  })
  return [
    ...own,
    { key: 'source', label: t('Source'), kind: 'text' },
    { key: 'kind', label: t('Kind'), kind: 'one', options: [{ value: 'person', label: t('Person') }, { value: 'company', label: t('Company') }] },
    { key: 'language', label: t('Language'), kind: 'one', options: languageOptions() },
    { key: 'newsletter', label: t('Newsletter'), kind: 'flag' },
    { key: 'preferred_contact', label: t('Preferred contact'), kind: 'one', options: CHANNELS },
    { key: 'customer_since', label: t('Customer since'), kind: 'date' },
  ]
}

/** Which field gets which value; nothing at all empties it. */
export function FieldValue({ drafted, onChange }: { drafted: Drafted; onChange: (drafted: Drafted) => void }) {
  const settable = useSettable()
  const field = settable.find((f) => f.key === drafted.field)
  const emptied = drafted.value === null
  return (
    <div className={classes.fields}>
      <SelectBox label={t('Field')} data-autofocus value={drafted.field ?? ''} onChange={(e) => onChange({ field: e.target.value || undefined })}>
        <option value="">{t('Choose a field')}</option>
        {settable.map((f) => <option key={f.key} value={f.key}>{f.label}</option>)}
      </SelectBox>
      {field && !emptied && <ValueBox key={field.key} kind={field.kind} options={field.options} label={t('Value')} value={drafted.value} onChange={(value) => onChange({ field: field.key, value })} />}
      {field && field.key !== 'kind' && field.key !== 'newsletter' && <CheckBox label={t('Empty it')} checked={emptied} onChange={(e) => onChange({ field: field.key, value: e.target.checked ? null : undefined })} />}
    </div>
  )
}
