import { useId } from 'react'
import type { CustomerInput } from '@/shared/api'
import { languageName, zoneName } from '@/shared/format'
import { t } from '@/shared/i18n'
import { SelectControl } from './controls/SelectControl'
import { TextControl } from './controls/TextControl'
import { FieldLine } from './FieldLine'
import { useFieldEdit } from './useFieldEdit'

type Named = 'kind' | 'display_name' | 'given_name' | 'family_name' | 'company_name' | 'source' | 'customer_since' | 'language' | 'time_zone'

interface Look {
  label: string
  type?: 'date'
  options?: () => { value: string; label: string }[]
  none?: string
}

const LANGUAGES = 'ar bg cs da de el en en-GB en-US es es-MX et fi fr he hr hu is it ja ko lt lv nb nl pl pt pt-BR ro ru sk sl sv tr uk zh'.split(' ')

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

const LOOKS: Record<Named, Look> = {
  kind: { label: t('Kind'), options: () => [{ value: 'person', label: t('Person') }, { value: 'company', label: t('Company') }] },
  display_name: { label: t('Display name') },
  given_name: { label: t('First name') },
  family_name: { label: t('Last name') },
  company_name: { label: t('Company') },
  source: { label: t('Source') },
  customer_since: { label: t('Customer since'), type: 'date' },
  language: { label: t('Language'), none: t('Not known'), options: once(() => LANGUAGES.map((l) => ({ value: l, label: languageName(l) }))) },
  time_zone: { label: t('Time zone'), none: t('Not known'), options: once(() => Intl.supportedValuesOf('timeZone').map((z) => ({ value: z, label: zoneName(z) }))) },
}

/** A field of the record that is one text, date or choice. */
export function SimpleField({ field }: { field: Named }) {
  const id = useId()
  const { label, type, options, none } = LOOKS[field]
  const { customer, readOnly, error, writer, begin, end, restore, save } = useFieldEdit(field)
  const value = customer[field] ?? ''
  const keep = (text: string) => save({ [field]: text || null } as CustomerInput)
  const shared = { id, value, invalid: Boolean(error), readOnly, onBegin: begin, onEnd: end }
  return (
    <FieldLine {...{ id, label, error, writer }}>
      {options ? (
        <SelectControl {...shared} options={options()} none={none} onSave={(v) => void keep(v)} />
      ) : (
        <TextControl {...shared} type={type} onRestore={restore} onSave={keep} />
      )}
    </FieldLine>
  )
}
