import { describe, expect, it } from 'vitest'
import { daysAgo, dialable, fold, hueOf, initials, minorDigits, money, parseMinor, shortTime, whatsappUrl } from '.'

const now = new Date(2026, 10, 22, 15, 0)
const before = (ms: number) => new Date(now.getTime() - ms).toISOString()
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('short time', () => {
  it('grows with distance', () => {
    expect(shortTime(before(20_000), now)).toBe('now')
    expect(shortTime(before(5 * MINUTE), now)).toBe('5m')
    expect(shortTime(before(3 * 60 * MINUTE), now)).toMatch(/12[:.]00/)
    expect(shortTime(before(DAY), now)).toBe('Yesterday')
    expect(shortTime(before(3 * DAY), now)).toMatch(/Thu/)
    expect(shortTime(before(40 * DAY), now)).toMatch(/Oct/)
    expect(shortTime(before(900 * DAY), now)).toMatch(/24/)
  })

  it('counts days by the calendar, not by 24 hours', () => {
    expect(daysAgo(new Date(2026, 10, 21, 23, 59).toISOString(), new Date(2026, 10, 22, 0, 1))).toBe(1)
  })
})

describe('money', () => {
  it('knows the decimals of each currency', () => {
    expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3])
    expect(money({ amount: 1250, currency: 'EUR' })).toContain('12.50')
    expect(money({ amount: 1250, currency: 'JPY' })).toContain('1,250')
  })

  it('reads what people type', () => {
    expect(parseMinor('1 234,50', 'EUR')).toBe(123450)
    expect(parseMinor('1.234', 'EUR')).toBe(123400)
    expect(parseMinor('1,234.5', 'EUR')).toBe(123450)
    expect(parseMinor('-7', 'EUR')).toBe(-700)
    expect(parseMinor('1,234', 'JPY')).toBe(1234)
    expect(parseMinor('twelve', 'EUR')).toBeUndefined()
  })
})

describe('people', () => {
  it('makes initials from any name', () => {
    expect(['Omar Osei', 'Žofie', 'van der Berg, Anna', '', '🐙 Lab'].map(initials)).toEqual(['OO', 'Ž', 'VA', '?', '🐙L'])
  })

  it('gives one name one hue', () => {
    expect(hueOf('Omar')).toBe(hueOf('Omar'))
    expect(hueOf('Omar')).toBeLessThan(8)
  })

  it('folds accents and case', () => expect(fold('Gonçalves É')).toBe('goncalves e'))

  it('makes links from numbers', () => {
    expect(whatsappUrl('+551239235555')).toBe('https://wa.me/551239235555')
    expect(dialable('(12) 3923-5555')).toBe('1239235555')
  })
})
