import { describe, expect, it } from 'vitest'
import { movedBy, type Placed } from './places'

const apply = (list: Placed[], changes: Placed[]) =>
  list
    .map((p) => changes.find((c) => c.id === p.id) ?? p)
    .sort((a, b) => a.rank - b.rank)
    .map((p) => p.id)
    .join('')
const abc = [{ id: 'a', rank: 1000 }, { id: 'b', rank: 2000 }, { id: 'c', rank: 3000 }]

describe('moving among siblings', () => {
  it('changes one rank where there is room', () => {
    for (const [id, by, order] of [['a', 1, 'bac'], ['b', 1, 'acb'], ['b', -1, 'bac'], ['c', -1, 'acb']] as const) {
      const changes = movedBy(abc, id, by)
      expect(changes).toHaveLength(1)
      expect(apply(abc, changes)).toBe(order)
    }
  })
  it('numbers anew where there is none', () => {
    const tight = [{ id: 'a', rank: 1 }, { id: 'b', rank: 2 }, { id: 'c', rank: 3 }]
    expect(apply(tight, movedBy(tight, 'c', -1))).toBe('acb')
    const same = [{ id: 'a', rank: 0 }, { id: 'b', rank: 0 }]
    expect(apply(same, movedBy(same, 'b', -1))).toBe('ba')
  })
  it('stays at the ends', () => {
    expect(movedBy(abc, 'a', -1)).toEqual([])
    expect(movedBy(abc, 'c', 1)).toEqual([])
  })
})
