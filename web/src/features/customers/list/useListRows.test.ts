import { expect, it } from 'vitest'
import type { CustomerRow } from '@/shared/api'
import { unreadFirst } from './useListRows'

const rows = (ids: string) => [...ids].map((id) => ({ id }) as CustomerRow)
const ids = (list: CustomerRow[]) => list.map((r) => r.id).join('')

it('puts the unread ones on top, each once, and the others below when all unread ones are known', () => {
  expect(ids(unreadFirst(rows('db'), rows('abcd'), true))).toBe('dbac')
  expect(ids(unreadFirst(rows('db'), rows('abcd'), false))).toBe('db')
  expect(ids(unreadFirst([], rows('abcd'), true))).toBe('abcd')
})
