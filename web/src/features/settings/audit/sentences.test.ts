import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '@/shared/api'
import { outcomeWords } from './looks'
import { plainText, sentence } from './sentences'

const jane = { kind: 'user', id: 'usr_1', name: 'Jane Peacock' }
const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  id: 'aud_1', seq: 1, at: '2026-11-20T10:00:00.000Z', actor: jane, route: 'GET /api/v1/customers/{id}', kind: null, subject: null, subject_name: null, customer_id: null,
  request: 'req_1', address: '10.0.0.1', outcome: 200, fields: [], hash: '', ...more,
})
const ann = { subject: 'cus_1', subject_name: 'Ann Weber', customer_id: 'cus_1' }
const shoes = (key: string) => (key === 'shoe' ? 'Shoe size' : undefined)
const said = (more: Partial<AuditEntry>, names: Record<string, string> = {}) => plainText(sentence(entry(more), names, shoes))

describe('an entry as a sentence', () => {
  it('names who, what and whom', () => {
    expect(sentence(entry({ kind: 'customer.opened', ...ann }), {}, shoes)).toEqual([
      { text: 'Jane Peacock', strong: true }, { text: ' opened the profile of ' }, { text: 'Ann Weber', strong: true, customer: 'cus_1' },
    ])
    expect(said({ kind: 'role.updated', subject: 'rol_1', subject_name: 'Staff', fields: ['permissions'] })).toBe('Jane Peacock changed rights of the role Staff')
    expect(said({ kind: 'note.written', subject: 'not_1', customer_id: 'cus_1' as AuditEntry['customer_id'] }, { cus_1: 'Ann Weber' })).toBe('Jane Peacock wrote a note about Ann Weber')
  })

  it('calls fields what people call them, a few at a time', () => {
    expect(said({ kind: 'customer.updated', ...ann, fields: ['phones', 'custom.shoe'] })).toBe('Jane Peacock changed phone numbers and Shoe size of Ann Weber')
    expect(said({ kind: 'customer.updated', ...ann, fields: ['emails', 'phones', 'city', 'source', 'language'] })).toBe('Jane Peacock changed e-mail addresses, phone numbers, city, and 2 more of Ann Weber')
    expect(said({ kind: 'customer.updated', ...ann })).toContain('changed something of')
  })

  it('tells whose sensitive fields were read, and which', () => {
    expect(said({ kind: 'customer.sensitive_shown', ...ann, fields: ['custom.shoe'] })).toBe('Jane Peacock read Shoe size of Ann Weber')
  })

  it('says so when a name is gone', () => {
    expect(said({ kind: 'customer.opened', ...ann, subject_name: null })).toBe('Jane Peacock opened the profile of a customer who is gone')
    expect(said({ kind: 'tag.created', subject: 'tag_1' })).toBe('Jane Peacock made the tag (gone since)')
    expect(said({ kind: 'customer.opened', ...ann, actor: { ...jane, name: '' } })).toMatch(/^Somebody who is gone opened/)
  })

  it('tells keys, imports and Patron itself apart from people', () => {
    expect(said({ kind: 'customer.opened', ...ann, actor: { kind: 'key', id: 'key_1', name: 'Website' } })).toMatch(/^The API key Website opened/)
    expect(said({ kind: 'customer.created', ...ann, actor: { kind: 'import', id: 'imp_1', name: 'list.csv' } })).toBe('The import list.csv added Ann Weber')
    expect(said({ kind: 'segment.entered', ...ann, actor: { kind: 'system', id: null, name: 'Patron' } })).toBe('Patron put Ann Weber into a segment')
  })

  it('tells what was wanted where nothing came of it', () => {
    expect(said({ route: 'PATCH /api/v1/customers/{id}', outcome: 403, ...ann })).toBe('Jane Peacock wanted to change Ann Weber')
    expect(said({ route: 'POST /api/v1/folders', outcome: 403 })).toBe('Jane Peacock wanted to make a folder')
    expect(said({ route: 'POST /api/v1/imports/{id}/undo', outcome: 409 })).toBe('Jane Peacock wanted to take an import back')
    expect(said({ route: 'POST /api/v1/spaceships', outcome: 403 })).toBe('Jane Peacock wanted to make /spaceships')
  })

  it('links the customer whom only the path names', () => {
    const refused = entry({ route: 'PATCH /api/v1/customers/{id}', outcome: 403, ...ann, customer_id: null })
    expect(sentence(refused, {}, shoes).at(-1)).toEqual({ text: 'Ann Weber', strong: true, customer: 'cus_1' })
    expect(outcomeWords(refused)).toBe('Not allowed')
  })

  it('tells passing requests as such, not as changes that came to nothing', () => {
    const passing = { route: 'PUT /api/v1/customers/{id}/presence', outcome: 204, ...ann }
    expect(said(passing)).toBe('Jane Peacock was looking at Ann Weber')
    expect(outcomeWords(entry(passing))).toBeUndefined()
    expect(outcomeWords(entry({ route: 'PATCH /api/v1/customers/{id}', ...ann }))).toBe('Nothing changed')
  })

  it('shows a kind it does not know under its own name', () => {
    expect(said({ kind: 'booking.completed', ...ann })).toBe('Jane Peacock: booking.completed')
  })
})
