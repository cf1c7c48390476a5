import { IconForms } from '@tabler/icons-react'
import { useId } from 'react'
import type { CustomValue, Field, Money } from '@/shared/api'
import { fromLocalInput, toLocalInput } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { useFieldOptions } from '@/shared/values/useFieldOptions'
import { fieldsIn, useFields } from '@/shared/vocabulary'
import { CheckControl } from './controls/CheckControl'
import { ChoicesControl } from './controls/ChoicesControl'
import { CustomerControl } from './controls/CustomerControl'
import { FileControl } from './controls/FileControl'
import { MoneyControl } from './controls/MoneyControl'
import { SelectControl } from './controls/SelectControl'
import { TextControl } from './controls/TextControl'
import classes from './Details.module.css'
import { FieldLine } from './FieldLine'
import { useCustomerContext, useFieldEdit } from './useFieldEdit'

/** The business's own fields, as far as they belong to this customer's folder. */
export function CustomFields() {
  const customer = useCustomerContext()
  const fields = fieldsIn(useFields(), customer.folder_id)
  if (fields.length === 0) return null
  return (
    <section className={classes.group}>
      <h2>
        {t('Own fields')}
        <IconForms size={17} stroke={1.7} aria-hidden />
      </h2>
      {fields.map((field) => (
        <CustomField key={field.key} field={field} />
      ))}
    </section>
  )
}

const INPUTS: Partial<Record<Field['type'], string>> = { url: 'url', email: 'email', phone: 'tel', date: 'date', date_time: 'datetime-local' }

function CustomField({ field }: { field: Field }) {
  const id = useId()
  const optionsOf = useFieldOptions()
  const currency = useSession()?.business.currency ?? 'EUR'
  const { customer, readOnly, error, writer, begin, end, restore, save } = useFieldEdit(`custom.${field.key}`)
  const value = customer.custom[field.key] ?? null
  const keep = (next: CustomValue) => save({ custom: { [field.key]: next } })
  const text = value === null || typeof value === 'object' ? '' : String(value)
  const shared = { id, readOnly, invalid: Boolean(error), onBegin: begin, onEnd: end }

  const control = () => {
    switch (field.type) {
      case 'checkbox': return <CheckControl id={id} value={value === true} readOnly={readOnly} onSave={(v) => void keep(v)} />
      case 'user':
      case 'choice': return <SelectControl {...shared} value={text} options={optionsOf(field)} none="—" onSave={(v) => void keep(v || null)} />
      case 'choices': return <ChoicesControl label={field.label} value={Array.isArray(value) ? value : []} options={field.options} readOnly={readOnly} onSave={(v) => void keep(v.length > 0 ? v : null)} />
      case 'customer': return <CustomerControl id={id} label={field.label} value={text || null} readOnly={readOnly} onSave={keep} />
      case 'file': return <FileControl id={id} value={text || null} readOnly={readOnly} onSave={keep} />
      case 'money': return <MoneyControl {...shared} value={value as Money | null} currency={currency} onSave={keep} />
      case 'number': return <TextControl {...shared} value={text} type="number" onRestore={restore} onSave={(v) => keep(v === '' ? null : Number(v))} />
      case 'date_time': return <TextControl {...shared} value={text && toLocalInput(text)} type="datetime-local" onRestore={restore} onSave={(v) => keep(v ? fromLocalInput(v) : null)} />
      default: return <TextControl {...shared} value={text} type={INPUTS[field.type]} long={field.type === 'long_text'} onRestore={restore} onSave={(v) => keep(v || null)} />
    }
  }
  return (
    <FieldLine id={id} label={field.label} error={error} help={field.help} writer={writer} required={field.required}>
      {control()}
    </FieldLine>
  )
}
