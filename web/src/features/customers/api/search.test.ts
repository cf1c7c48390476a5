import { describe, expect, it } from 'vitest'
import { packFilter } from '@/features/finding'
import { listQuery, readSearch, shownFilter, timelineQuery, wholeFilter } from './search'

describe('the address', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(readSearch({ q: 'osei', tag: ['tag_1'], unread: 1, kind: 'robot', nonsense: 'x' })).toEqual({ q: 'osei', tag: ['tag_1'], unread: true })
  })

  it('becomes parameters of the list', () => {
    expect(listQuery({ folder: 'fol_1', tag: ['a', 'b'], field: ['birthday:lte:2000-01-01', 'plan:is:pro', 'site:is:https://a.b'] })).toEqual({
      within: 'fol_1', tag_id: ['a', 'b'], 'custom.birthday[lte]': '2000-01-01', 'custom.plan': 'pro', 'custom.site': 'https://a.b',
    })
  })

  it('keeps list and timeline apart', () => {
    const search = { q: 'a', events: 'notes', find: 'nuts' }
    expect(timelineQuery(search)).toEqual({ kind: 'notes', q: 'nuts' })
    expect(listQuery(search)).toEqual({ q: 'a' })
  })

  it('carries a filter', () => {
    const filter = packFilter({ field: 'city', contains: 'ber' })
    expect(listQuery({ filter })).toEqual({ filter: '{"field":"city","contains":"ber"}' })
    expect(listQuery({ filter: 'cut-o' })).toEqual({})
  })

  it('says older filters as conditions, and everything as one expression', () => {
    const older = { kind: 'company', country: 'PT', field: ['plan:is:pro', 'size:gte:3'] } as const
    const conditions = [{ field: 'kind', is: 'company' }, { field: 'country', is: 'PT' }, { field: 'custom.plan', is: 'pro' }, { field: 'custom.size', gte: '3' }]
    expect(shownFilter({ ...older, field: [...older.field] })).toEqual({ all: conditions })
    expect(wholeFilter({ folder: 'fol_1', tag: ['tag_1'], worker: 'me', q: 'osei', filter: packFilter({ any: [{ search: 'x' }] }) })).toEqual({
      all: [{ field: 'folder_id', within: 'fol_1' }, { field: 'worker_id', is: 'me' }, { field: 'tag_id', is: 'tag_1' }, { search: 'osei' }, { any: [{ search: 'x' }] }],
    })
    expect(wholeFilter({ unread: true })).toBeUndefined()
  })
})
