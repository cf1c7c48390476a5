import { describe, expect, it } from 'vitest'
import type { CustomerRow } from '@/shared/api'
import { patchPages, prependRow, rowChange, type RowPages } from './rows'

const row = (id: string) => ({ id, display_name: id, unread: 0 }) as CustomerRow
const pages = (...lists: string[][]): RowPages => ({
  pages: lists.map((ids) => ({ data: ids.map(row), next: null, total: 4, total_is: 'exact' as const })),
  pageParams: lists.map(() => undefined),
})
const ids = (p: RowPages) => p.pages.map((page) => page.data.map((r) => r.id))

describe('patching the list', () => {
  it('changes a row where it stands and leaves other pages untouched', () => {
    const before = pages(['a', 'b'], ['c', 'd'])
    const after = patchPages(before, [{ id: 'c', display_name: 'Clara', unread: 2 }])
    expect(after.pages[1]!.data[0]).toMatchObject({ display_name: 'Clara', unread: 2 })
    expect(after.pages[0]).toBe(before.pages[0])
  })

  it('returns the very same pages when nothing of theirs changed', () => {
    const before = pages(['a'])
    expect(patchPages(before, [{ id: 'z' }], ['y'])).toBe(before)
  })

  it('takes rows out and counts them off', () => {
    const after = patchPages(pages(['a', 'b']), [], ['a'])
    expect(ids(after)).toEqual([['b']])
    expect(after.pages[0]!.total).toBe(3)
  })

  it('puts a new row on top only once', () => {
    const once = prependRow(pages(['a']), row('n'))
    expect(ids(prependRow(once, row('n')))).toEqual([['n', 'a']])
  })

  it('knows which edits a row shows', () => {
    expect(rowChange('a', { display_name: 'Ana', phones: [], workers: [{ user_id: 'u', responsible: true }] })).toEqual({ id: 'a', display_name: 'Ana', responsible_id: 'u' })
    expect(rowChange('a', { folder_id: null })).toEqual({ id: 'a', folder_id: null })
  })
})
