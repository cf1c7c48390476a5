import { expect, it } from 'vitest'
import { scopeTable, toggleScope } from './scopes'

const possible = ['notes.view', 'notes.edit', 'customers.export', 'customers.view', 'fields.see_sensitive']

it('lays rights out as a table', () => {
  const table = scopeTable(possible)
  expect(table.acts).toEqual(['view', 'edit', 'export', 'see_sensitive'])
  expect(table.areas.map((a) => a.name)).toEqual(['customers', 'fields', 'notes'])
})

it('takes seeing along, and takes all away with it', () => {
  expect(toggleScope([], 'notes.edit', possible)).toEqual(['notes.view', 'notes.edit'])
  expect(toggleScope(['notes.view', 'notes.edit', 'customers.view'], 'notes.view', possible)).toEqual(['customers.view'])
  expect(toggleScope([], 'fields.see_sensitive', possible)).toEqual(['fields.see_sensitive'])
})
