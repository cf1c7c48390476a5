import { expect, it } from 'vitest'
import type { Command } from '@/shared/commands'
import { rankCommands } from './rank'

const command = (title: string, more: Partial<Command> = {}): Command => ({ id: title, title, group: 'Omar', run: () => {}, ...more })
const all = [command('Write a note'), command('Go to Notes'), command('Notes settings'), command('Next customer', { hidden: true })]

it('finds by every word, best first, and leaves out hidden ones', () => {
  expect(rankCommands(all, 'notes').map((c) => c.title)).toEqual(['Notes settings', 'Go to Notes'])
  expect(rankCommands(all, 'NOTE wri').map((c) => c.title)).toEqual(['Write a note'])
  expect(rankCommands(all, '')).toHaveLength(3)
  expect(rankCommands(all, 'next')).toEqual([])
})
