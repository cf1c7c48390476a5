import { expect, it } from 'vitest'
import { groups, inner, limits, matches, members, typeWords, type Document } from './openapi'

const document: Document = {
  paths: {
    '/api/v1/notes': { get: { tags: ['notes'], summary: 'Notes of a customer', operationId: 'list_notes' }, post: { tags: ['notes'], operationId: 'create_note' } },
    '/healthz': { get: { summary: 'Is it up?' } },
  },
  components: { schemas: { Note: { type: 'object', required: ['body'], properties: { body: { type: 'string', maxLength: 20 }, self: { $ref: '#/components/schemas/Note' } } } } },
}

it('groups routes by tag, or by their first word', () => {
  expect([...groups(document)].map(([tag, routes]) => [tag, routes.length])).toEqual([['notes', 2], ['healthz', 1]])
})

it('finds routes by all words', () => {
  const [first, second] = groups(document).get('notes')!
  expect([first!, second!].map((r) => matches(r, 'NOTES customer'))).toEqual([true, false])
})

it('says types in words', () => {
  expect(typeWords({ type: 'array', items: { $ref: '#/components/schemas/Note' } })).toBe('list of Note')
  expect(typeWords({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBe('string or null')
  expect(typeWords({ type: ['string', 'null'], format: 'date' })).toBe('string or null (date)')
  expect(limits({ minLength: 1, maxLength: 5 })).toBe('1 to 5 characters')
})

it('unfolds what has members, also when it holds itself', () => {
  const note = inner({ type: 'array', items: { $ref: '#/components/schemas/Note' } }, document)!
  expect(members(note, document).map((m) => [m.name, m.required])).toEqual([['body', true], ['self', false]])
  expect(inner({ type: 'string' }, document)).toBeUndefined()
})
