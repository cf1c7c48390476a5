/** A small description for the reference page: the mock's own routes, not the server's. */
const note = { type: 'object', required: ['customer_id', 'body'], properties: { id: { type: 'string', readOnly: true }, customer_id: { type: 'string', description: 'whose note it is' }, body: { type: 'string', minLength: 1, maxLength: 20000, description: 'Markdown' }, pinned: { type: 'boolean', default: false }, kind: { type: 'string', enum: ['internal', 'public'] }, answers: { type: 'array', items: { $ref: '#/components/schemas/Note' } } } }
const answer = (schema: object) => ({ description: 'The answer', content: { 'application/json': { schema } } })
const ref = { $ref: '#/components/schemas/Note' }
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

export const description = {
  openapi: '3.1.0',
  info: { title: 'Patron', version: 'mock', description: 'Customers, their history, and what can be done for them.' },
  paths: {
    '/api/v1/notes': {
      get: { operationId: 'list_notes', summary: 'Notes of a customer, by rank', tags: ['notes'], 'x-permission': 'notes.view', parameters: [{ name: 'customer_id', in: 'query', required: true, schema: { type: 'string' } }, { name: 'limit', in: 'query', description: '1 to 200, 50 if left out', schema: { type: 'integer', minimum: 1, maximum: 200 } }], responses: { 200: answer({ type: 'object', properties: { data: { type: 'array', items: ref }, next: { type: ['string', 'null'] } } }) } },
      post: { operationId: 'create_note', summary: 'Write a note', tags: ['notes'], 'x-permission': 'notes.create', requestBody: { content: { 'application/json': { schema: ref } } }, responses: { 201: answer(ref) } },
    },
    '/api/v1/notes/{id}': {
      patch: { operationId: 'change_note', summary: 'Change a note', tags: ['notes'], 'x-permission': 'notes.edit', parameters: [id, { name: 'If-Match', in: 'header', schema: { type: 'string' } }], requestBody: { content: { 'application/json': { schema: ref } } }, responses: { 200: answer(ref) } },
      delete: { operationId: 'delete_note', summary: 'Delete a note', tags: ['notes'], 'x-permission': 'notes.delete', parameters: [id], responses: { 204: { description: 'Done' } } },
    },
    '/healthz': { get: { operationId: 'healthz', summary: 'Is the process up?', tags: ['healthz'], security: [], responses: { 200: { description: 'It is' } } } },
  },
  components: { schemas: { Note: note } },
}
