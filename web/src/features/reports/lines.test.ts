import { expect, it } from 'vitest'
import type { Folder } from '@/shared/api'
import { csvOf, foldersAbove, linesOf, monthsOf } from './lines'

const tally = { total: 4, complete: true, data: [{ value: 'web', count: 3, sums: [] }, { value: null, count: 1, sums: [] }] }

it('names the values and their shares', () => {
  expect(linesOf(tally, (v) => v.toUpperCase(), 'none').map((l) => [l.label, l.count, l.share])).toEqual([['WEB', 3, 0.75], ['none', 1, 0.25]])
})

it('names the folders above one', () => {
  const folders = new Map([{ id: 'a', name: 'Active', parent_id: null }, { id: 'b', name: 'Weddings', parent_id: 'a' }].map((f) => [f.id, f as Folder]))
  expect([foldersAbove('b', folders), foldersAbove('gone', folders)]).toEqual(['Active', ''])
})

it('lays the months in a row, with those in which nothing was', () => {
  const months = monthsOf({ total: 2, complete: true, data: [{ value: '2026-01', count: 2, sums: [] }, { value: '2020-01', count: 9, sums: [] }] }, (m) => m, new Date('2026-03-15T00:00:00Z'), 4)
  expect(months.map((m) => [m.value, m.count])).toEqual([['2025-12', 0], ['2026-01', 2], ['2026-02', 0], ['2026-03', 0]])
})

it('writes a file that spreadsheets take for text', () => {
  const lines = [{ key: 'a', value: 'a', label: '=1+1 "x"', count: 2, share: 0.5 }]
  expect(csvOf(['Source', 'Customers', 'Share'], lines)).toBe('"Source","Customers","Share"\r\n"\'=1+1 ""x""","2","50.0 %"\r\n')
})
