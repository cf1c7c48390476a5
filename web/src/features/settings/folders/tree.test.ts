import { expect, it } from 'vitest'
import type { Folder } from '@/shared/api'
import { possibleParents, siblingsOf } from './tree'

it('a folder goes neither into itself nor below itself', () => {
  const folders = [['a', null], ['b', 'a'], ['c', 'b'], ['d', null]].map(([id, parent_id]) => ({ id, parent_id }) as Folder)
  expect(possibleParents(folders, 'a').map((f) => f.id)).toEqual(['d'])
  expect(possibleParents(folders, 'c').map((f) => f.id)).toEqual(['a', 'b', 'd'])
})

it('a folder whose parent is out of sight stands beside those at the top', () => {
  const folders = [['b', 'hidden'], ['c', 'b'], ['d', null]].map(([id, parent_id]) => ({ id, parent_id }) as Folder)
  expect(siblingsOf(folders, folders[0]!).map((f) => f.id)).toEqual(['b', 'd'])
  expect(siblingsOf(folders, folders[1]!).map((f) => f.id)).toEqual(['c'])
})
