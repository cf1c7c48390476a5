import { describe, expect, it } from 'vitest'
import { anchorFor } from './order'

const order = ['a', 'b', 'c', 'd']

describe('where a moved note stands', () => {
  it('names the note before it', () => {
    expect(anchorFor(order, 'd', 'b', false)).toBe('a')
    expect(anchorFor(order, 'a', 'c', true)).toBe('c')
    expect(anchorFor(order, 'a', 'b', true)).toBe('b')
  })

  it('is null at the top', () => expect(anchorFor(order, 'c', 'a', false)).toBeNull())

  it('is undefined when nothing moves', () => {
    expect(anchorFor(order, 'b', 'b', true)).toBeUndefined()
    expect(anchorFor(order, 'b', 'a', true)).toBeUndefined()
    expect(anchorFor(order, 'b', 'c', false)).toBeUndefined()
  })
})
