import { locale } from '../i18n'

/** At most two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s,./&-]+/u).filter(Boolean)
  const first = words[0] ?? ''
  const last = words.length > 1 ? words.at(-1)! : ''
  // Arabic letters would join into a word of their own.
  const between = /\p{Script=Arabic}/u.test(first) ? '\u200c' : ''
  const letters = [first, last].map((w) => [...w][0] ?? '').filter(Boolean).join(between)
  return letters.toLocaleUpperCase(locale()) || '?'
}

/** One of eight hues, always the same for one text. */
export function hueOf(text: string): number {
  let h = 0
  for (const c of text) h = (h * 31 + c.codePointAt(0)!) % 9973
  return h % 8
}

/** An E.164 number as wa.me wants it. */
export function whatsappUrl(e164: string): string {
  return `https://wa.me/${e164.replace(/\D/g, '')}`
}

/** The link target of a phone number, from its E.164 form or what was typed. */
export function dialable(number: string, e164?: string | null): string {
  return e164 ?? number.replace(/[^\d+*#]/g, '')
}

const regions = new Map<string, Intl.DisplayNames>()

function names(type: 'region' | 'language'): Intl.DisplayNames {
  const key = `${locale()} ${type}`
  let found = regions.get(key)
  if (!found) regions.set(key, (found = new Intl.DisplayNames([locale()], { type })))
  return found
}

function nameOf(type: 'region' | 'language', code: string): string {
  try {
    return names(type).of(code) ?? code
  } catch {
    return code
  }
}

export const countryName = (code: string) => nameOf('region', code)
export const languageName = (code: string) => nameOf('language', code)

/** "America/New_York" as a person reads it. */
export const zoneName = (zone: string) => zone.replaceAll('_', ' ').replaceAll('/', ' – ')

/** Text for comparing as people search: no case, no accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}
