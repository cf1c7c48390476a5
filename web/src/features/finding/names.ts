import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FilterField, Operand, Tone } from '@/shared/api'
import { countryName, date, fullTime, languageName, money } from '@/shared/format'
import { countryOptions } from '@/shared/format/countries'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { countsWithin, folderTree, mapById, useFields, useFolders, useStatuses, useTags, useUsers } from '@/shared/vocabulary'
import { useSegments } from './api/kept'
import { tallyQuery, useFilterFields } from './api/queries'
import { plainValue, type Names } from './words'

const CHOICES: Record<string, string> = {
  person: t('a person'), company: t('a company'),
  email: t('e-mail'), sms: t('SMS'), whatsapp: t('WhatsApp'), call: t('a call'), post: t('post'),
}

/** Names that the workspace has of its own; the server's label stands for the rest. */
const FIELDS: Record<string, string> = {
  name: t('Name'), folder_id: t('Folder'), status_id: t('Status'), tag_id: t('Tag'), worker_id: t('Worker'), responsible_id: t('Responsible'), kind: t('Kind'), source: t('Source'), email: t('E-mail'), phone: t('Phone'),
  city: t('City'), country: t('Country'), language: t('Language'), newsletter: t('Newsletter'), preferred_contact: t('Preferred contact'), customer_since: t('Customer since'), activity_at: t('Last activity'),
  created_at: t('Date added'), updated_at: t('Last change'), import_source: t('Imported from'), segment_id: t('Segment'),
}

export const fieldLabel = (field: FilterField) => FIELDS[field.name] ?? field.label

/** Looks names up in the business's own vocabulary. */
export function useNames(): Names {
  const fields = useFilterFields()
  const own = useFields()
  const folders = mapById(useFolders())
  const statuses = mapById(useStatuses())
  const tags = mapById(useTags())
  const users = mapById(useUsers())
  const segments = mapById(useSegments())
  const currency = useSession()?.business.currency ?? 'EUR'
  return useMemo(() => {
    const byName = new Map(fields.map((f) => [f.name, { ...f, label: fieldLabel(f) }]))
    const options = new Map<string, string>(own.flatMap((f) => f.options.map((o) => [`custom.${f.key} ${o.value}`, o.label] as const)))
    const amounts = new Set<string>(own.filter((f) => f.type === 'money').map((f) => `custom.${f.key}`))
    const value = (name: string, v: Operand): string => {
      const field = byName.get(name)
      if (typeof v === 'object') return plainValue(v)
      const text = String(v)
      if (field?.prefix === 'usr' && text === 'me') return t('me')
      if (field?.shape === 'id') return (folders.get(text) ?? statuses.get(text) ?? tags.get(text) ?? users.get(text) ?? segments.get(text))?.name ?? (/^\w{3}_/.test(text) ? t('something deleted') : text)
      if (name === 'country') return countryName(text)
      if (name === 'language') return languageName(text)
      if (field?.shape === 'flag') return text === 'true' ? t('yes') : t('no')
      if (field?.shape === 'date') return date(text)
      if (field?.shape === 'time') return text.length > 10 ? fullTime(text) : date(text)
      if (amounts.has(name)) return money({ amount: Number(v), currency })
      return options.get(`${name} ${text}`) ?? (field?.shape === 'choice' ? (CHOICES[text] ?? text) : text)
    }
    return { field: (name) => byName.get(name), value, money: (minor) => money({ amount: minor, currency }) }
  }, [fields, own, folders, statuses, tags, users, segments, currency])
}

export interface Option {
  value: string
  label: string
  count?: number
  tone?: Tone
  depth?: number
  detail?: string
}

const FOLDED = new Set(['usr', 'sta', 'tag', 'seg', 'fol'])

/** The values that a field can be asked for, with how many customers have each. */
export function useOptions(field: FilterField): Option[] {
  const counted = field.shape === 'text' || field.shape === 'choice' || (field.prefix !== null && FOLDED.has(field.prefix))
  const tally = useQuery({ ...tallyQuery(field.name), enabled: counted && field.name !== 'name' }).data
  const names = useNames()
  const folders = useFolders()
  const statuses = useStatuses()
  const tags = useTags()
  const users = useUsers()
  const segments = useSegments()
  return useMemo(() => {
    const counts = new Map(tally?.data.flatMap((line) => (line.value === null ? [] : [[line.value, line.count] as const])) ?? [])
    const of = (value: string, label: string, more: Partial<Option> = {}): Option => ({ value, label, count: tally ? (counts.get(value) ?? 0) : undefined, ...more })
    const byId = new Map(folders.map((f) => [f.id, f]))
    switch (field.prefix) {
      case 'fol': {
        const within = countsWithin(folders)
        return folderTree(folders).map(({ folder, depth }) => of(folder.id, folder.name, { depth, tone: folder.tone, count: within.get(folder.id) }))
      }
      case 'sta': return statuses.map((s) => of(s.id, s.name, { tone: s.tone, detail: byId.get(s.folder_id)?.name }))
      case 'tag': return tags.map((tag) => of(tag.id, tag.name, { tone: tag.tone })).toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))
      case 'usr': return [{ value: 'me', label: t('Me, whoever looks') }, ...users.filter((u) => u.state !== 'disabled').map((u) => of(u.id, u.name))]
      case 'seg': return segments.map((s) => of(s.id, s.name, { tone: s.tone, count: s.customers }))
      default:
    }
    if (field.shape === 'choice') return field.choices.map((value) => of(value, names.value(field.name, value)))
    if (field.name === 'country' && counts.size === 0) return countryOptions().map((c) => ({ value: c.value, label: c.label }))
    return [...counts].map(([value]) => of(value, names.value(field.name, value)))
  }, [field, tally, names, folders, statuses, tags, users, segments])
}
