import { describe, expect, it } from 'vitest'
import { filterCount, listQuery, readSearch, timelineQuery } from './search'

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

  it('counts the filters that the popover sets', () => {
    expect(filterCount({ worker: 'me', q: 'x', folder: 'f' })).toBe(0)
    expect(filterCount({ worker: 'usr_1', tag: ['a', 'b'] })).toBe(3)
  })
})
