// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { loadCatalog, t } from '.'

describe('t', () => {
  it('fills in names and keeps what it does not know', () => {
    expect(t('Hello {name}', { name: 'Ana' })).toBe('Hello Ana')
    expect(t('Hello {name}', { other: 1 })).toBe('Hello {name}')
  })

  it('chooses plural forms', () => {
    const notes = '{n, plural, =0 {No notes} one {# note} other {# notes}}'
    expect([0, 1, 2].map((n) => t(notes, { n }))).toEqual(['No notes', '1 note', '2 notes'])
  })

  it('fills in names within plural forms, and leaves what a value says alone', () => {
    const moved = '{n, plural, one {# customer in {folder}} other {# customers in {folder}, {m, plural, one {# new} other {# new ones}}}}'
    expect(t(moved, { n: 1, m: 0, folder: 'Leads' })).toBe('1 customer in Leads')
    expect(t(moved, { n: 2, m: 3, folder: '{n, plural, one {#}}' })).toBe('2 customers in {n, plural, one {#}}, 3 new ones')
  })

  it('takes words from the catalog and turns the page for right-to-left languages', () => {
    loadCatalog('ar', { Save: 'حفظ' })
    expect(t('Save')).toBe('حفظ')
    expect(document.documentElement.dir).toBe('rtl')
    loadCatalog('en', {})
    expect(document.documentElement.dir).toBe('ltr')
  })
})
