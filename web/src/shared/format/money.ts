import type { Money } from '../api'
import { locale } from '../i18n'

const formats = new Map<string, Intl.NumberFormat>()

function format(currency: string): Intl.NumberFormat {
  const key = `${locale()} ${currency}`
  let found = formats.get(key)
  if (!found) formats.set(key, (found = new Intl.NumberFormat(locale(), { style: 'currency', currency })))
  return found
}

/** How many decimals a currency has: EUR 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  try {
    return format(currency).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

export function money({ amount, currency }: Money): string {
  return format(currency).format(amount / 10 ** minorDigits(currency))
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

export function count(n: number): string {
  return n.toLocaleString(locale())
}
