import type { FieldType } from '@/shared/api'
import { t } from '@/shared/i18n'

export const FIELD_TYPES: { value: FieldType; label: string }[] = [
  { value: 'text', label: t('Text') },
  { value: 'long_text', label: t('Long text') },
  { value: 'number', label: t('Number') },
  { value: 'money', label: t('Money') },
  { value: 'date', label: t('Date') },
  { value: 'date_time', label: t('Date and time') },
  { value: 'checkbox', label: t('Checkbox') },
  { value: 'choice', label: t('One of a list') },
  { value: 'choices', label: t('Several of a list') },
  { value: 'url', label: t('Web address') },
  { value: 'email', label: t('E-mail') },
  { value: 'phone', label: t('Phone') },
  { value: 'id_number', label: t('Number of an ID, contract, account') },
  { value: 'file', label: t('File') },
  { value: 'customer', label: t('Another customer') },
  { value: 'user', label: t('A colleague') },
]

export const typeLabel = (type: FieldType) => FIELD_TYPES.find((x) => x.value === type)?.label ?? type
export const hasOptions = (type: FieldType) => type === 'choice' || type === 'choices'
