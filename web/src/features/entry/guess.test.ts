import { expect, it } from 'vitest'
import { guessPlace } from './guess'

it('believes the clock before the language', () => {
  expect(guessPlace('Europe/Berlin', 'en-US')).toEqual({ country: 'DE', currency: 'EUR', time_zone: 'Europe/Berlin', locale: 'en-US' })
})

it('falls back to the region of the language', () => {
  expect(guessPlace('America/Cuiaba', 'pt-BR')).toMatchObject({ country: 'BR', currency: 'BRL' })
  expect(guessPlace('', 'de')).toMatchObject({ country: 'DE', time_zone: 'UTC' })
})
