import { expect, it } from 'vitest'
import type { Command } from '@/shared/commands'
import { rankCommands } from './rank'

const command = (title: string, more: Partial<Command> = {}): Command => ({ id: title, title, group: 'Omar', run: () => {}, ...more })
const all = [command('Write a note'), command('Go to Notes'), command('Notes settings'), command('Next customer', { hidden: true })]

it('puts each group in one place, the account last', () => {
  const mixed = [command('Sign out', { group: 'Account', place: -2 }), command('Filter', { group: 'List' }), command('Settings', { group: 'Go to' }), command('Sort', { group: 'List' }), command('Write a note', { place: 2 })]
  expect(rankCommands(mixed, '').map((c) => c.title)).toEqual(['Write a note', 'Filter', 'Sort', 'Settings', 'Sign out'])
})

it('finds by every word, best first, and leaves out hidden ones', () => {
  expect(rankCommands(all, 'notes').map((c) => c.title)).toEqual(['Notes settings', 'Go to Notes'])
  expect(rankCommands(all, 'NOTE wri').map((c) => c.title)).toEqual(['Write a note'])
  expect(rankCommands(all, '')).toHaveLength(3)
  expect(rankCommands(all, 'next')).toEqual([])
})
