import { expect, it } from 'vitest'
import { cleanOptions, valueFor } from './options'

const option = (label: string, value = '') => ({ id: 0, value, label, tone: 'mute' as const })

it('keeps the value of an option whose label changed', () => {
  expect(cleanOptions([option('Premium', 'pro')])).toEqual([{ value: 'pro', label: 'Premium', tone: 'mute' }])
})

it('makes values that are unlike each other, and leaves out empty labels', () => {
  expect(cleanOptions([option('Größe L'), option('grosse l!', 'grosse_l'), option('  '), option('Größe L')]).map((o) => o.value)).toEqual(['große_l', 'grosse_l', 'große_l_2'])
})

it('always finds a value', () => expect(valueFor('!!!', ['option'])).toBe('option_2'))
