import { expect, it } from 'vitest'
import { RELATION_CHOICES, relationBody } from './kinds'

it('links in the direction that was meant', () => {
  expect(relationBody('employer_of', 'cus_me', 'cus_other')).toEqual({ kind: 'employer_of', from_id: 'cus_me', to_id: 'cus_other' })
  expect(relationBody('employer_of<', 'cus_me', 'cus_other')).toEqual({ kind: 'employer_of', from_id: 'cus_other', to_id: 'cus_me' })
})

it('has one value for each choice', () => {
  expect(new Set(RELATION_CHOICES.map((c) => c.value)).size).toBe(RELATION_CHOICES.length)
})
