import { describe, expect, it } from 'vitest'
import { replaced, withPrimary, without } from './list'

const list = [{ a: 'x', primary: true }, { a: 'y', primary: false }, { a: 'z', primary: false }]
const primaries = (l: { primary: boolean }[]) => l.map((e) => e.primary)

describe('lists with a primary entry', () => {
  it('have one primary', () => expect(primaries(withPrimary(list, 2))).toEqual([false, false, true]))

  it('pass it on when the primary one goes', () => {
    expect(without(list, 0)).toEqual([{ a: 'y', primary: true }, { a: 'z', primary: false }])
    expect(primaries(without(list, 1))).toEqual([true, false])
    expect(without([list[0]!], 0)).toEqual([])
  })

  it('change one entry', () => expect(replaced(list, 1, { a: 'b' })[1]).toEqual({ a: 'b', primary: false }))
})
