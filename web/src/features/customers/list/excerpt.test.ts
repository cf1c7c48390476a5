import { describe, expect, it } from 'vitest'
import { excerpt, plainText } from './excerpt'

describe('plainText', () => {
  it('leaves out what only Markdown says', () => {
    expect(plainText('# Call\n- **bring** the [contract](https://x.example/a)\n- tell @[Jane Peacock](usr_0000000000001)')).toBe('Call bring the contract tell Jane Peacock')
  })
})

describe('excerpt', () => {
  it('begins with the note where the word stands near its beginning', () => {
    expect(excerpt('Wants the Kündigung confirmed', 'kundigung')).toBe('Wants the Kündigung confirmed')
  })
  it('begins between words, a little before the first hit', () => {
    expect(excerpt(`${'once upon a time '.repeat(6)}the tapir sang`, 'tapir')).toBe('… a time once upon a time the tapir sang')
  })
  it('holds the hit though no space stands before it', () => {
    expect(excerpt(`${'x'.repeat(80)}-tapir`, 'tapir')).toBe('… tapir')
  })
})
