import type { Address, CustomValue, Email, Field, Money, Phone, Worker } from '@/shared/api'
import { countryName, date, fullTime, languageName, money, zoneName } from '@/shared/format'
import { t } from '@/shared/i18n'
import { mapById, useFolders, useStatuses, useTags, useUsers } from '@/shared/vocabulary'

const LABELS: Record<string, string> = {
  kind: t('Kind'), display_name: t('Name'), given_name: t('First name'), family_name: t('Last name'), company_name: t('Company'),
  emails: t('E-mails'), phones: t('Phones'), addresses: t('Addresses'), folder_id: t('Folder'), status_id: t('Status'),
  tag_ids: t('Tags'), workers: t('Workers'), preferred_contact: t('Preferred contact'), do_not_contact: t('Do not contact'),
  newsletter: t('Newsletter'), language: t('Language'), time_zone: t('Time zone'), source: t('Source'), customer_since: t('Customer since'),
}

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'currency' in value

/** A custom value as a person reads it, without records it may refer to. */
export function customText(field: Field | undefined, value: CustomValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (isMoney(value)) return money(value)
  if (typeof value === 'boolean') return value ? t('Yes') : t('No')
  const option = (v: string) => field?.options.find((o) => o.value === v)?.label ?? v
  if (Array.isArray(value)) return value.map(option).join(', ')
  if (field?.type === 'date') return date(String(value))
  if (field?.type === 'date_time') return fullTime(String(value))
  return option(String(value))
}

export const addressText = (a: Address) =>
  [a.line1, a.line2, [a.postal_code, a.city].filter(Boolean).join(' '), a.region, a.country && countryName(a.country)].filter(Boolean).join(', ')

/** The names and values of a customer's fields in words. */
export function useFieldWords(fields: Field[]) {
  const named = {
    folder_id: mapById(useFolders()), status_id: mapById(useStatuses()), tag_ids: mapById(useTags()), users: mapById(useUsers()),
  }
  const custom = (field: string) => fields.find((f) => `custom.${f.key}` === field)
  const label = (field: string) => LABELS[field] ?? custom(field)?.label ?? field

  const text = (field: string, value: unknown): string => {
    if (value === null || value === undefined) return ''
    switch (field) {
      case 'folder_id': return named.folder_id.get(String(value))?.name ?? ''
      case 'status_id': return named.status_id.get(String(value))?.name ?? ''
      case 'tag_ids': return (value as string[]).map((id) => named.tag_ids.get(id)?.name).join(', ')
      case 'workers': return (value as Worker[]).map((w) => named.users.get(w.user_id)?.name).join(', ')
      case 'emails': return (value as Email[]).map((e) => e.address).join(', ')
      case 'phones': return (value as Phone[]).map((p) => p.number).join(', ')
      case 'addresses': return (value as Address[]).map(addressText).join('; ')
      case 'customer_since': return date(String(value))
      case 'language': return languageName(String(value))
      case 'time_zone': return zoneName(String(value))
      default: {
        const own = custom(field)
        if (own?.type === 'user') return named.users.get(String(value))?.name ?? ''
        return customText(own, value as CustomValue)
      }
    }
  }
  return { label, text }
}
