import { locale, t } from '../i18n'

type Options = Intl.DateTimeFormatOptions
const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Options): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`
  let found = formats.get(key)
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(locale(), options)))
  return found
}

const DAY = 86_400_000

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Whole days between two moments, by the viewer's calendar: 0 is today, 1 yesterday. */
export function daysAgo(at: string, now = new Date()): number {
  return Math.round((startOfDay(now) - startOfDay(new Date(at))) / DAY)
}

export function clock(at: string): string {
  return format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** As short as a list row allows: now, 5m, 14:20, Tue, 3 Nov, 03/11/25. */
export function shortTime(at: string, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000)
  if (minutes >= 0 && minutes < 1) return t('now')
  if (minutes >= 0 && minutes < 60) return t('{n}m', { n: minutes })
  const days = daysAgo(at, now)
  if (days === 0) return clock(at)
  if (days === 1) return t('Yesterday')
  if (days > 1 && days < 7) return format({ weekday: 'short' }).format(new Date(at))
  if (Math.abs(days) < 300) return format({ day: 'numeric', month: 'short' }).format(new Date(at))
  return format({ day: '2-digit', month: '2-digit', year: '2-digit' }).format(new Date(at))
}

/** The heading of a day on the timeline. */
export function dayName(at: string, now = new Date()): string {
  const days = daysAgo(at, now)
  if (days === 0) return t('Today')
  if (days === 1) return t('Yesterday')
  if (days === -1) return t('Tomorrow')
  const sameYear = new Date(at).getFullYear() === now.getFullYear()
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(new Date(at))
}

/** A key that is the same for two moments of one day. */
export function dayKey(at: string): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${d.getMonth() + 1}-${d.getDate()}`
}

export function fullTime(at: string): string {
  return format({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
}

/** To the second, for whoever has to prove it. */
export function exactTime(at: string): string {
  return format({ dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at))
}

/** A calendar date ("2026-11-21"), which has no time zone. */
export function date(day: string): string {
  return format({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}

/** What the clock says in another time zone, or undefined if the zone is unknown. */
export function clockIn(timeZone: string, now = new Date()): string | undefined {
  try {
    return format({ hour: '2-digit', minute: '2-digit', timeZone }).format(now)
  } catch {
    return undefined
  }
}

/** The value of an <input type="datetime-local"> for a moment, and back. */
export function toLocalInput(at: string): string {
  const d = new Date(at)
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function fromLocalInput(value: string): string {
  return new Date(value).toISOString()
}
