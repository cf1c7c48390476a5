import { describe, expect, it } from 'vitest'
import { readAuditSearch } from './address'
import { auditQuery, GROUPS, WHATS } from './query'

describe('the address of the audit log', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(readAuditSearch({ who: 'usr_1', what: 'opened', since: '2026-11-02', until: 'yesterday', page: 3 })).toEqual({ who: 'usr_1', what: 'opened', since: '2026-11-02' })
    expect(readAuditSearch({ what: 'everything', since: '2026-99-99', customer: '' })).toEqual({})
  })

  it('asks for whole days of this calendar', () => {
    const { 'at[gte]': from, 'at[lt]': to } = auditQuery({ since: '2026-12-31', until: '2026-12-31' })
    expect(new Date(from!)).toEqual(new Date(2026, 11, 31))
    expect(new Date(to!)).toEqual(new Date(2027, 0, 1))
  })

  it('asks only for what is set', () => {
    expect(auditQuery({})).toEqual({})
    expect(auditQuery({ who: 'usr_1', what: 'changes', customer: 'cus_1', request: 'req_1', address: '::1' })).toEqual({
      actor: 'usr_1', looks: 'false', refused: 'false', customer_id: 'cus_1', request: 'req_1', address: '::1',
    })
  })

  it('offers everything that may be looked for once', () => {
    expect(GROUPS.flatMap((g) => g.whats).sort()).toEqual(Object.keys(WHATS).sort())
  })
})
