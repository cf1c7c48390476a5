import type { Money } from '../api'
import { locale } from '../i18n'

interface Way {
  format: Intl.NumberFormat
  digits: number
}

const ways = new Map<string, Way>()

function wayOf(currency: string): Way {
  const key = `${locale()} ${currency}`
  let found = ways.get(key)
  if (!found) {
    const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
    ways.set(key, (found = { format, digits: format.resolvedOptions().maximumFractionDigits ?? 2 }))
  }
  return found
}

/** How many decimals a currency has: EUR 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  try {
    return wayOf(currency).digits
  } catch {
    return 2
  }
}

export function money({ amount, currency }: Money): string {
  const { format, digits } = wayOf(currency)
  return format.format(amount / 10 ** digits)
}

/** What a person types ("1 234,50") in minor units; undefined if it is no amount. */
export function parseMinor(text: string, currency: string): number | undefined {
  const digits = minorDigits(currency)
  const clean = text.replace(/[\s'’]/g, '')
  if (!/^-?\d[\d.,]*$/.test(clean)) return undefined
  const mark = Math.max(clean.lastIndexOf('.'), clean.lastIndexOf(','))
  const decimals = mark >= 0 ? clean.length - mark - 1 : 0
  const hasDecimals = mark >= 0 && digits > 0 && decimals <= digits
  const whole = (hasDecimals ? clean.slice(0, mark) : clean).replace(/[.,]/g, '')
  const part = hasDecimals ? clean.slice(mark + 1).padEnd(digits, '0') : '0'.repeat(digits)
  const minor = Number(whole + part)
  return Number.isSafeInteger(minor) ? minor : undefined
}

/** Minor units as plain decimals for an input. */
export function decimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency)
  return (amount / 10 ** digits).toFixed(digits)
}

let counts: { locale: string; format: Intl.NumberFormat } | undefined

export function count(n: number): string {
  if (counts?.locale !== locale()) counts = { locale: locale(), format: new Intl.NumberFormat(locale()) }
  return counts.format.format(n)
}
