/** Names of changed fields as a person would say them; the server's own words for them (src/module/story.cpp). */
import { locale, t } from '@/shared/i18n'

const SHOWN = 3

const WORDS: Record<string, string> = {
  emails: t('e-mail addresses'), phones: t('phone numbers'), folder_id: t('folder'), status_id: t('status'), tag_ids: t('tags'), photo_id: t('photo'),
  display_name: t('name'), given_name: t('first name'), family_name: t('last name'), company_name: t('company'), do_not_contact: t('do-not-contact channels'),
  role_id: t('role'), user_ids: t('people'), permissions: t('rights'), visibility: t('whose customers it shows'), area_visibility: t('what it shows of each area'), access: t('who may do what in it'), parent_id: t('folder above'),
}

const plain = (field: string) => field.replace(/_ids?$/, '').replaceAll('_', ' ')

/** `custom` tells what a field of the business's own is called. */
export function fieldWord(field: string, custom: (key: string) => string | undefined): string {
  const own = /^custom\.(.+)$/.exec(field)?.[1]
  return own ? (custom(own) ?? plain(own)) : (WORDS[field] ?? plain(field))
}

/** A few of them in one line; none is "something". */
export function listed(fields: string[], custom: (key: string) => string | undefined): string {
  const words = [...new Set(fields.map((f) => fieldWord(f, custom)))]
  if (words.length === 0) return t('something')
  const shown = words.length > SHOWN + 1 ? [...words.slice(0, SHOWN), t('{n} more', { n: words.length - SHOWN })] : words
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(shown)
}
