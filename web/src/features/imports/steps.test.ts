import { expect, it } from 'vitest'
import { doubled, stageOf, sureness } from './steps'

it('an import is at work as long as it has a job', () => {
  expect(stageOf({ state: 'uploaded', job: null })).toBe('mapping')
  expect(stageOf({ state: 'uploaded', job: 'preview' })).toBe('trying')
  expect(stageOf({ state: 'previewed', job: null })).toBe('tried')
  expect(stageOf({ state: 'running', job: 'run' })).toBe('running')
  expect(stageOf({ state: 'done', job: 'undo' })).toBe('undoing')
  expect(stageOf({ state: 'stopped', job: null })).toBe('over')
})

it('finds single fields that several columns claim', () => {
  expect(doubled({ A: 'given_name', B: 'given_name', C: 'email', D: 'email', E: '-', F: '-' })).toEqual(['given_name'])
})

it('says how sure a suggestion is', () => expect([1, 0.7, 0.2].map(sureness)).toEqual(['sure', 'likely', 'guess']))
