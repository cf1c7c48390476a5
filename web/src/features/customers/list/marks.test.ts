import { expect, it } from 'vitest'
import { marks } from './marks'

const said = (text: string, typed?: string) => marks(text, typed).map((p) => (p.found ? `[${p.text}]` : p.text)).join('')

it('marks what was typed, without case and accents', () => {
  expect(said('Luís Gonçalves', 'luis gonc')).toBe('[Luís] [Gonç]alves')
  expect(said('O’Brien & Søn', 'brien')).toBe('O’[Brien] & Søn')
  expect(said('Omar Osei', 'mar')).toBe('Omar Osei')
  expect(said('Omar Osei')).toBe('Omar Osei')
})
