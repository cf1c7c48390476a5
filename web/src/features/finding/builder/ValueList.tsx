import { use } from 'react'
import type { FilterField, Operand } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar, StatusDot } from '@/shared/ui'
import { fieldLabel, useOptions, type Option } from '../names'
import { ForAll } from './forAll'
import { PickList } from './PickList'

interface Props {
  field: FilterField
  several: boolean
  values: Operand[]
  onChange: (values: Operand[]) => void
}

/** The values of a field to choose from, each with how many customers have it. */
export function ValueList({ field, several, values, onChange }: Props) {
  const forAll = use(ForAll)
  const options = useOptions(field).filter((o) => !(forAll && field.prefix === 'usr' && o.value === 'me'))
  const free = field.shape === 'text' || field.shape === 'number' || field.shape === 'date' || field.shape === 'time'
  const typed = (text: string): Operand => (field.shape === 'number' && !Number.isNaN(Number(text)) ? Number(text) : text)
  const missing = values.filter((v) => !options.some((o) => o.value === String(v))).map((v): Option => ({ value: String(v), label: String(v) }))
  const items = [...(free ? missing : []), ...options].map((o) => ({
    key: o.value,
    label: o.label,
    count: o.count,
    depth: o.depth,
    detail: o.detail,
    checked: values.some((v) => String(v) === o.value),
    mark: field.prefix === 'usr' ? <Avatar name={o.value === 'me' ? t('Me') : o.label} size={20} /> : o.tone && <StatusDot tone={o.tone} />,
  }))
  const toggle = (key: string) => {
    if (!several) return onChange([key])
    const known = values.some((v) => String(v) === key)
    onChange(known ? values.filter((v) => String(v) !== key) : [...values, typed(key)])
  }
  return <PickList label={t('Values of {field}', { field: fieldLabel(field) })} placeholder={free ? t('Type a value') : t('Find')} items={items} several={several} onTyped={free ? (text) => onChange(several ? [...values, typed(text)] : [typed(text)]) : undefined} onPick={toggle} />
}
