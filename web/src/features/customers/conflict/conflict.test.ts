import { describe, expect, it } from 'vitest'
import type { Customer } from '@/shared/api'
import { clashes } from './conflict'

const base = { company_name: 'Lumen', source: null, tag_ids: ['a'], custom: { plan: 'basic' } } as unknown as Customer

describe('clashes', () => {
  it('are none when the other person changed another field', () => {
    expect(clashes(base, { ...base, source: 'Fair' }, { company_name: 'Lumen Studio' })).toEqual([])
  })

  it('show both values when one field was changed twice', () => {
    expect(clashes(base, { ...base, company_name: 'Lumen Ltd' }, { company_name: 'Lumen Studio' })).toEqual([{ field: 'company_name', mine: 'Lumen Studio', theirs: 'Lumen Ltd' }])
  })

  it('are none when both wrote the same', () => {
    expect(clashes(base, { ...base, tag_ids: ['a', 'b'] }, { tag_ids: ['a', 'b'] })).toEqual([])
  })

  it('look into custom fields one by one', () => {
    const theirs = { ...base, custom: { plan: 'pro', size: 3 } }
    expect(clashes(base, theirs, { custom: { size: 3 } })).toEqual([])
    expect(clashes(base, theirs, { custom: { plan: 'plus' } })).toEqual([{ field: 'custom.plan', mine: 'plus', theirs: 'pro' }])
  })
})
