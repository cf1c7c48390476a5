import { expect, it } from 'vitest'
import { landings } from './Preview'

const line = (from: string, to: string, customers: number, lost = false) => ({ from_id: from || null, to_id: to || null, from_name: from, to_name: to, lost, customers })

it('says which statuses they end up with, and whose own is lost', () => {
  const told = landings([line('New', 'Signed', 3, true), line('Active', 'Signed', 9, true), line('Signed', 'Signed', 2), line('Open', 'Open', 1), line('', '', 5), line('Won', '', 4, true)])
  expect(told.map((l) => [l.to, l.customers, l.lost.map((x) => x.from).join()])).toEqual([['Signed', 14, 'Active,New'], ['', 4, 'Won'], ['Open', 1, '']])
})
