import { describe, expect, it } from 'vitest'
import { forKeeping, forWriting, typedMention } from './mentions'

const jane = { id: 'usr_1', name: 'Jane' }
const peacock = { id: 'usr_2', name: 'Jane Peacock' }

describe('mentions', () => {
  it('are written by name and kept by id', () => {
    expect(forKeeping('Ask @Jane Peacock or @Jane.', [jane, peacock])).toBe('Ask @[Jane Peacock](usr_2) or @[Jane](usr_1).')
    expect(forWriting('Ask @[Jane Peacock](usr_2)')).toEqual({ text: 'Ask @Jane Peacock', mentions: [peacock] })
  })

  it('do not touch longer words or names nobody chose', () => {
    expect(forKeeping('@Janet and @Dana', [jane])).toBe('@Janet and @Dana')
  })

  it('are recognised while being typed', () => {
    expect(typedMention('Ask @Ja', 7)).toEqual({ start: 4, word: 'Ja' })
    expect(typedMention('Ask @Jane Pe', 12)).toEqual({ start: 4, word: 'Jane Pe' })
    expect(typedMention('mail a@b', 8)).toBeUndefined()
    expect(typedMention('no', 2)).toBeUndefined()
  })
})
