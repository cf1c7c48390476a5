import { expect, it } from 'vitest'
import type { Folder } from '@/shared/api'
import { possibleParents } from './tree'

it('a folder goes neither into itself nor below itself', () => {
  const folders = [['a', null], ['b', 'a'], ['c', 'b'], ['d', null]].map(([id, parent_id]) => ({ id, parent_id }) as Folder)
  expect(possibleParents(folders, 'a').map((f) => f.id)).toEqual(['d'])
  expect(possibleParents(folders, 'c').map((f) => f.id)).toEqual(['a', 'b', 'd'])
})
