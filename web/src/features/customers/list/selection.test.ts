import { afterEach, expect, it } from 'vitest'
import { between, select, selected } from './selection'

const order = ['a', 'b', 'c', 'd', 'e']
const ids = () => [...selected().ids].toSorted().join('')
afterEach(() => select.clear())

it('selects one by one, and a range from the last one touched', () => {
  select.toggle('b', order)
  select.range(order, 'd')
  expect(ids()).toBe('bcd')
  select.toggle('c', order)
  expect(ids()).toBe('bd')
  expect(between(order, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(order, 'gone', 'b')).toEqual(['b'])
})

it('knows everybody, and who stays when one is taken out', () => {
  select.everybody(order)
  expect(selected().all).toBe(true)
  select.toggle('a', order)
  expect([selected().all, ids()]).toEqual([false, 'bcde'])
})
