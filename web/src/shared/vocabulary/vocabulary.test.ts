import { describe, expect, it } from 'vitest'
import type { Field, Folder, Status } from '../api'
import { countsWithin, fieldsIn, folderTree, otherwiseIn, statusesOf } from '.'

const folder = (id: string, parent_id: string | null) => ({ id, parent_id, name: id }) as Folder
const status = (id: string, folder_id: string) => ({ id, folder_id }) as Status
const folders = [folder('leads', null), folder('web', 'leads'), folder('ads', 'web'), folder('closed', null)]
const byId = new Map(folders.map((f) => [f.id, f]))

describe('folders', () => {
  it('lie flat in tree order', () => {
    expect(folderTree(folders).map((n) => [n.folder.id, n.depth])).toEqual([['leads', 0], ['web', 1], ['ads', 2], ['closed', 0]])
  })

  it('count what is below them too', () => {
    const counted = folders.map((f, i) => ({ ...f, customers: i + 1 }))
    expect([...countsWithin(counted)].toSorted()).toEqual([['ads', 3], ['closed', 4], ['leads', 6], ['web', 5]])
  })

  it('stand at the top when the folder above is out of sight', () => {
    const seen = folders.filter((f) => f.id !== 'leads').map((f) => ({ ...f, customers: 1 }))
    expect(folderTree(seen).map((n) => [n.folder.id, n.depth])).toEqual([['web', 0], ['ads', 1], ['closed', 0]])
    expect(countsWithin(seen).get('web')).toBe(2)
  })

  it('take the statuses of the nearest folder above that has some', () => {
    const statuses = [status('new', 'leads'), status('hot', 'leads'), status('lost', 'closed')]
    expect(statusesOf('ads', byId, statuses).map((s) => s.id)).toEqual(['new', 'hot'])
    expect(statusesOf('closed', byId, statuses).map((s) => s.id)).toEqual(['lost'])
    expect(statusesOf(null, byId, statuses)).toEqual([])
  })
})

describe('fields in a folder', () => {
  const field = (id: string, rank: number, rest: Partial<Field> = {}) => ({ id, rank, required: false, folder_ids: [], by_folder: [], ...rest }) as unknown as Field
  const size = field('size', 1, { required: true, by_folder: [{ folder_id: 'leads', rank: 9, required: false }] })
  const shoe = field('shoe', 2, { folder_ids: ['leads'], by_folder: [{ folder_id: 'leads', rank: null, required: true }] })
  const hat = field('hat', 3)

  it('stand in its order and are required as it wants', () => {
    const seen = (folder: string | null) => fieldsIn([size, shoe, hat], folder).map((f) => [f.id, f.required])
    expect(seen('leads')).toEqual([['shoe', true], ['hat', false], ['size', false]])
    expect(seen('closed')).toEqual([['size', true], ['hat', false]])
    expect(seen(null)).toEqual([['size', true], ['hat', false]])
  })

  it('are named only where something is otherwise', () => {
    expect(otherwiseIn(size, 'web', { required: false })).toEqual([...size.by_folder, { folder_id: 'web', rank: null, required: false }])
    expect(otherwiseIn(size, 'leads', { required: null })).toEqual([{ folder_id: 'leads', rank: 9, required: null }])
    expect(otherwiseIn(shoe, 'leads', { required: null })).toEqual([])
  })
})
