import { describe, expect, it } from 'vitest'
import type { Expression, Operand } from '@/shared/api'
import { packFilter, unpackFilter } from './address'
import { both, countConditions } from './expression'
import { addPart, changePart, newChip, readSentence, setWay, writeSentence, type Chip } from './model'
import { carried, FIELD_WAYS, wayOf, writeWay, type WayId } from './ways'

/** The same numbers in every run. */
function numbers(seed: number) {
  let s = seed
  return (below: number) => {
    s = (s * 1_103_515_245 + 12_345) & 0x7fffffff
    return (s >> 8) % below
  }
}

const TEXTS = ['ber', 'São "Paulo"', 'a\\b', 'ünï 🐙', '2026-01-31', '', 'x,y}]', '\u0001\n']

/** What the server takes, and some of what it does not. */
function anyExpression(n: (below: number) => number, depth: number): Expression {
  const text = () => TEXTS[n(TEXTS.length)]!
  const operand = (): Operand => [text(), n(90), n(2) === 0, { days_ago: n(99) }, { days_ahead: n(9) }, -1.5][n(6)]!
  const list = () => Array.from({ length: n(4) }, () => anyExpression(n, depth - 1))
  switch (n(depth > 0 ? 10 : 7)) {
    case 0: return { field: 'tag_id', is: n(2) ? operand() : Array.from({ length: n(3) }, operand) }
    case 1: return { field: 'folder_id', within: `fol_${n(9)}` }
    case 2: return { field: 'custom.size', [['gt', 'gte', 'lt', 'lte'][n(4)]!]: operand(), ...(n(3) ? {} : { lt: operand() }) }
    case 3: return { field: 'city', contains: text(), ...(n(5) ? {} : { empty: false }) }
    case 4: return { field: 'source', empty: n(2) === 0 }
    case 5: return { search: text() }
    case 6: return { event: 'booking.completed', ...(n(2) ? { in_days: n(90) } : {}), ...(n(2) ? { count: { [['gt', 'gte', 'lt', 'lte'][n(4)]!]: n(4) } } : n(2) ? { sum: 'amount', gte: n(999) } : {}) }
    case 7: return { all: list() }
    case 8: return { any: list() }
    default: return n(3) ? { not: anyExpression(n, depth - 1) } : { event: ['booking.moved', 'booking.requested'], until: 'booking.cancelled', upcoming: n(2) === 0, count: { gte: 1, lte: 1 } }
  }
}

describe('an expression as a sentence', () => {
  it('comes back exactly as it was, whatever it is', () => {
    const n = numbers(7)
    for (let i = 0; i < 3_000; i++) {
      const expression = anyExpression(n, 5)
      const written = writeSentence(readSentence(expression))
      const everybody = JSON.stringify(expression) === '{"all":[]}'
      expect(written.expression).toEqual(everybody ? undefined : expression)
    }
  })

  it('means the same when every chip has been touched', () => {
    const n = numbers(11)
    for (let i = 0; i < 3_000; i++) {
      const expression = anyExpression(n, 2)
      const sentence = readSentence(expression)
      const chips = sentence.parts.flatMap((p) => (p.kind === 'group' ? p.parts : [p])).filter((p): p is Chip => p.kind === 'chip')
      const touched = chips.reduce((s, chip) => changePart(s, chip.id, () => setWay(chip, chip.way, chip.values)), sentence)
      const again = readSentence(writeSentence(touched).expression)
      const first = readSentence(writeSentence(again).expression)
      expect(writeSentence(first).expression).toEqual(writeSentence(again).expression)
    }
  })

  it('says each way the same there and back', () => {
    const samples: Partial<Record<WayId, Operand[][]>> = {
      is: [['tag_1'], ['a', 'b']], is_not: [['x']], within: [['fol_1']], not_within: [['fol_1']], contains: [['ber']], not_contains: [['ber']], empty: [[]], filled: [[]], yes: [[]], no: [[]],
      in_last: [[30]], longer_ago: [[45]], later: [[3]], in_next: [[14]], since: [['2026-01-01']], before: [['2026-01-01']], span: [['2026-01-01', '2026-02-01']],
      at_least: [[5]], more: [[5]], at_most: [[0]], less: [[9]], between: [[1, 9]],
    }
    expect(Object.keys(samples).toSorted()).toEqual(Object.keys(FIELD_WAYS).toSorted())
    for (const [way, all] of Object.entries(samples)) {
      for (const values of all) {
        const written = writeWay({ field: 'f' }, way as WayId, values)!
        const not = 'not' in written
        expect(wayOf((not ? written.not : written) as { field: string }, not)).toEqual({ way, values })
      }
    }
    for (const [way, values] of [['some', [0]], ['never', [45]], ['times', [3, 90]], ['fewer', [4, 0]], ['exactly', [1, 0]], ['sum', [100_000, 365]], ['top', [5, 0]]] as [WayId, Operand[]][]) {
      expect(wayOf(writeWay({ event: { event: 'booking.completed', until: 'booking.cancelled' } }, way, values) as { event: string }, false)).toEqual({ way, values })
    }
  })

  it('leaves out what is not finished and says where the rest stands', () => {
    let sentence = readSentence({ all: [{ field: 'tag_id', is: 'tag_1' }] })
    const unfinished = newChip({ field: 'city' }, 'contains')
    const event = newChip({ event: { event: 'booking.completed' } }, 'never', [45])
    sentence = addPart(addPart(sentence, unfinished), event)
    const written = writeSentence(sentence)
    expect(written.expression).toEqual({ all: [{ field: 'tag_id', is: 'tag_1' }, { event: 'booking.completed', in_days: 45, count: { lt: 1 } }] })
    expect([written.unfinished, written.places.get(event.id), written.places.get(unfinished.id)]).toEqual([1, '/all/1', undefined])
  })

  it('knows two levels, keeps deeper ones, and places them', () => {
    const deep: Expression = { all: [{ not: { any: [{ field: 'a', empty: true }, { all: [{ search: 'x' }] }] } }] }
    const sentence = readSentence(deep)
    const group = sentence.parts[0]!
    expect(group.kind === 'group' && [group.joint, group.not, group.parts.map((p) => p.kind)]).toEqual(['any', true, ['chip', 'fixed']])
    expect([...writeSentence(sentence).places.values()]).toEqual(['/all/0/not/any/0', '/all/0/not/any/1', '/all/0'])
  })

  it('takes an emptied group away and turns one condition into a list when a second comes', () => {
    const sentence = readSentence({ any: [{ all: [{ search: 'x' }] }, { search: 'y' }] })
    const group = sentence.parts[0]!
    const chip = group.kind === 'group' ? group.parts[0]! : undefined
    expect(writeSentence(changePart(sentence, chip!.id, () => undefined)).expression).toEqual({ any: [{ search: 'y' }] })
    expect(writeSentence(addPart(readSentence({ search: 'y' }), newChip({ field: 'a' }, 'empty'))).expression).toEqual({ all: [{ search: 'y' }, { field: 'a', empty: true }] })
  })

  it('counts and joins', () => {
    expect(countConditions({ all: [{ search: 'x' }, { any: [{ search: 'y' }, { not: { search: 'z' } }] }] })).toBe(3)
    expect(both({ all: [{ search: 'x' }] }, { search: 'y' })).toEqual({ all: [{ search: 'x' }, { search: 'y' }] })
    expect(both(undefined, { any: [] })).toEqual({ any: [] })
  })
})

describe('choosing another way', () => {
  it('keeps the value that still fits', () => {
    expect(carried('is', 'is_not', ['a', 'b'])).toEqual(['a', 'b'])
    expect(carried('within', 'is', ['fol_1'])).toEqual(['fol_1'])
    expect(carried('some', 'times', [45])).toEqual([2, 45])
    expect(carried('times', 'never', [3, 90])).toEqual([90])
    expect(carried('since', 'in_last', ['2026-01-01'])).toEqual([30])
  })
})

describe('the address', () => {
  it('carries every filter there and back, in plain letters', () => {
    const n = numbers(3)
    for (let i = 0; i < 2_000; i++) {
      const expression = anyExpression(n, 5)
      const packed = packFilter(expression)!
      expect(packed).toMatch(/^[\w-]+$/)
      expect(unpackFilter(packed)).toEqual(expression)
    }
  })

  it('is short, and what was cut off is no filter', () => {
    const usual: Expression = { all: [{ field: 'folder_id', within: 'fol_0123456789abc' }, { field: 'tag_id', is: 'tag_0123456789abc' }, { event: 'booking.completed', in_days: 45, count: { lt: 1 } }] }
    const packed = packFilter(usual)!
    expect(packed.length).toBeLessThan(JSON.stringify(usual).length * 0.75)
    expect(unpackFilter(packed.slice(0, 40))).toBeUndefined()
    expect(unpackFilter('%%%')).toBeUndefined()
    expect(packFilter(undefined)).toBeUndefined()
  })
})
