import { locale, t } from '../i18n'

/** One way to write a moment out; its formatter is made once for each language, not for each of the times on the page. */
function way(options: Intl.DateTimeFormatOptions) {
  let made: { locale: string; format: Intl.DateTimeFormat } | undefined
  return (moment: Date): string => {
    if (made?.locale !== locale()) made = { locale: locale(), format: new Intl.DateTimeFormat(locale(), options) }
    return made.format.format(moment)
  }
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const
const toClock = way(CLOCK)
const toWeekday = way({ weekday: 'short' })
const toDay = way({ day: 'numeric', month: 'short' })
const toOldDay = way({ day: '2-digit', month: '2-digit', year: '2-digit' })
const toDayName = way({ weekday: 'long', day: 'numeric', month: 'long' })
const toOldDayName = way({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const toFull = way({ dateStyle: 'medium', timeStyle: 'short' })
const toExact = way({ dateStyle: 'full', timeStyle: 'medium' })
const toDate = way({ dateStyle: 'medium', timeZone: 'UTC' })

const DAY = 86_400_000

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Whole days between two moments, by the viewer's calendar: 0 is today, 1 yesterday. */
export function daysAgo(at: string, now = new Date()): number {
  return Math.round((startOfDay(now) - startOfDay(new Date(at))) / DAY)
}

export function clock(at: string): string {
  return toClock(new Date(at))
}

/** As short as a list row allows: now, 5m, 14:20, Tue, 3 Nov, 03/11/25. */
export function shortTime(at: string, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000)
  if (minutes >= 0 && minutes < 1) return t('now')
  if (minutes >= 0 && minutes < 60) return t('{n}m', { n: minutes })
  const days = daysAgo(at, now)
  if (days === 0) return clock(at)
  if (days === 1) return t('Yesterday')
  if (days > 1 && days < 7) return toWeekday(new Date(at))
  if (Math.abs(days) < 300) return toDay(new Date(at))
  return toOldDay(new Date(at))
}

/** The heading of a day on the timeline. */
export function dayName(at: string, now = new Date()): string {
  const days = daysAgo(at, now)
  if (days === 0) return t('Today')
  if (days === 1) return t('Yesterday')
  if (days === -1) return t('Tomorrow')
  const day = new Date(at)
  return day.getFullYear() === now.getFullYear() ? toDayName(day) : toOldDayName(day)
}

/** A key that is the same for two moments of one day. */
export function dayKey(at: string): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${d.getMonth() + 1}-${d.getDate()}`
}

export function fullTime(at: string): string {
  return toFull(new Date(at))
}

/** To the second, for whoever has to prove it. */
export function exactTime(at: string): string {
  return toExact(new Date(at))
}

/** A calendar date ("2026-11-21"), which has no time zone. */
export function date(day: string): string {
  return toDate(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}

const clocks = new Map<string, (moment: Date) => string>()

/** What the clock says in another time zone, or undefined if the zone is unknown. */
export function clockIn(timeZone: string, now = new Date()): string | undefined {
  try {
    let clockThere = clocks.get(timeZone)
    if (!clockThere) clocks.set(timeZone, (clockThere = way({ ...CLOCK, timeZone })))
    return clockThere(now)
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
