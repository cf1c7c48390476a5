/**
 * A filter as the builder shows it: a sentence of chips, in groups of at most two levels. What was not touched is written
 * back exactly as it was read; what lies deeper is kept and shown, but not edited.
 */
import type { Expression, Leaf, Operand } from '@/shared/api'
import { subjectOf, wayOf, writeWay, type About, type WayId } from './ways'

export type Joint = 'all' | 'any'

export interface Chip {
  kind: 'chip'
  id: string
  /** Which field or event it is about. */
  about: About
  way: WayId
  values: Operand[]
  /** As it was read, until it is edited. */
  original?: Expression
}
export interface Group {
  kind: 'group'
  id: string
  joint: Joint
  not: boolean
  parts: (Chip | Fixed)[]
}
export interface Fixed {
  kind: 'fixed'
  id: string
  expression: Expression
}
export type Part = Chip | Group | Fixed
export interface Sentence {
  joint: Joint
  parts: Part[]
  /** Read from a condition that stood alone, without a list around it. */
  bare: boolean
}

let last = 0
export const newPartId = () => `part-${++last}`

const isLeaf = (e: Expression): e is Leaf => !('all' in e) && !('any' in e) && !('not' in e)

export function aboutOf(leaf: Leaf): About {
  if ('field' in leaf) return { field: leaf.field }
  return 'event' in leaf ? { event: subjectOf(leaf) } : { search: true }
}

function readLeaf(leaf: Leaf, not: boolean, original: Expression): Chip | Fixed {
  const id = newPartId()
  const found = wayOf(leaf, not)
  return found ? { kind: 'chip', id, about: aboutOf(leaf), ...found, original } : { kind: 'fixed', id, expression: original }
}

function readInner(expression: Expression): Chip | Fixed {
  if (isLeaf(expression)) return readLeaf(expression, false, expression)
  if ('not' in expression && isLeaf(expression.not)) return readLeaf(expression.not, true, expression)
  return { kind: 'fixed', id: newPartId(), expression }
}

function readPart(expression: Expression): Part {
  const not = 'not' in expression
  const inner = not ? expression.not : expression
  if ('all' in inner) return { kind: 'group', id: newPartId(), joint: 'all', not, parts: inner.all.map(readInner) }
  if ('any' in inner) return { kind: 'group', id: newPartId(), joint: 'any', not, parts: inner.any.map(readInner) }
  return readInner(expression)
}

export function readSentence(expression: Expression | undefined): Sentence {
  if (!expression) return { joint: 'all', parts: [], bare: false }
  if ('all' in expression) return { joint: 'all', parts: expression.all.map(readPart), bare: false }
  if ('any' in expression) return { joint: 'any', parts: expression.any.map(readPart), bare: false }
  return { joint: 'all', parts: [readPart(expression)], bare: true }
}

export interface Written {
  /** Undefined when nothing is asked: everybody. */
  expression: Expression | undefined
  /** Where each complete part stands in it, as the server's pointers say it. */
  places: ReadonlyMap<string, string>
  /** Chips that lack a value and are left out. */
  unfinished: number
}

const joined = (joint: Joint, list: Expression[]): Expression => (joint === 'all' ? { all: list } : { any: list })

export function writeSentence(sentence: Sentence): Written {
  const places = new Map<string, string>()
  let unfinished = 0
  const inner = (part: Chip | Fixed): Expression | undefined => {
    if (part.kind === 'fixed') return part.expression
    const written = part.original ?? writeWay(part.about, part.way, part.values)
    if (!written) unfinished += 1
    return written
  }
  const group = (part: Group, place: string): Expression | undefined => {
    const list: Expression[] = []
    for (const one of part.parts) {
      const written = inner(one)
      if (!written) continue
      places.set(one.id, `${place}${part.not ? '/not' : ''}/${part.joint}/${list.length}`)
      list.push(written)
    }
    // A group whose chips are all unfinished asks nothing yet; one that was read empty means what it says.
    if (list.length === 0 && part.parts.length > 0) return undefined
    return part.not ? { not: joined(part.joint, list) } : joined(part.joint, list)
  }
  const list: Expression[] = []
  const bare = sentence.bare && sentence.parts.length === 1
  for (const part of sentence.parts) {
    const place = bare ? '' : `/${sentence.joint}/${list.length}`
    const written = part.kind === 'group' ? group(part, place) : inner(part)
    if (!written) continue
    places.set(part.id, place)
    list.push(written)
  }
  if (bare) return { expression: list[0], places, unfinished }
  // Nobody fits an empty "any": that is meant only when it was read so.
  const nothing = list.length === 0 && (sentence.joint === 'all' || sentence.parts.length > 0)
  return { expression: nothing ? undefined : joined(sentence.joint, list), places, unfinished }
}

/* Editing: each gives a new sentence. */

type Change = (part: Part) => Part | undefined

/** Changes one part wherever it stands; undefined takes it away, and an emptied group with it. */
export function changePart(sentence: Sentence, id: string, change: Change): Sentence {
  const parts = sentence.parts.flatMap((part): Part[] => {
    if (part.id === id) return [change(part)].filter((x) => x !== undefined)
    if (part.kind !== 'group' || !part.parts.some((x) => x.id === id)) return [part]
    const inside = part.parts.flatMap((x) => (x.id === id ? [change(x)].filter((y): y is Chip | Fixed => y !== undefined && y.kind !== 'group') : [x]))
    return inside.length > 0 ? [{ ...part, parts: inside }] : []
  })
  return { ...sentence, parts, bare: sentence.bare && parts.length === 1 }
}

export function addPart(sentence: Sentence, part: Part, groupId?: string): Sentence {
  if (!groupId) return { ...sentence, bare: false, parts: [...sentence.parts, part] }
  return changePart(sentence, groupId, (group) => (group.kind === 'group' && part.kind !== 'group' ? { ...group, parts: [...group.parts, part] } : group))
}

export const setWay = (chip: Chip, way: WayId, values: Operand[]): Chip => ({ kind: 'chip', id: chip.id, about: chip.about, way, values })
export const newChip = (about: About, way: WayId, values: Operand[] = []): Chip => ({ kind: 'chip', id: newPartId(), about, way, values })
export const newGroup = (parts: Chip[]): Group => ({ kind: 'group', id: newPartId(), joint: 'any', not: false, parts })
