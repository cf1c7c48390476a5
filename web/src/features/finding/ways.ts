/** The ways a field or an event can be asked about, and how each stands in an expression. Pure: words are in words.ts. */
import type { Comparison, Days, Expression, FilterField, Happened, Leaf, Operand } from '@/shared/api'

export type WayId =
  | 'is' | 'is_not' | 'within' | 'not_within' | 'contains' | 'not_contains' | 'empty' | 'filled' | 'yes' | 'no'
  | 'at_least' | 'more' | 'at_most' | 'less' | 'between'
  | 'in_last' | 'longer_ago' | 'in_next' | 'later' | 'since' | 'before' | 'span'
  | 'found'
  | 'some' | 'never' | 'times' | 'fewer' | 'exactly' | 'sum' | 'top'

/** Which events are counted: one kind, or subjects by the newest of several. */
export type Subject = Pick<Happened, 'event' | 'until' | 'upcoming' | 'less'>
export type About = { field: string } | { event: Subject } | { search: true }

type Members = Omit<Comparison, 'field'>
interface FieldWay {
  write: (values: Operand[]) => Members | undefined
  read: (members: Members) => Operand[] | undefined
  not?: true
}

const isDays = (x: unknown): x is Days => typeof x === 'object' && x !== null && !Array.isArray(x)
const daysAgo = (x: unknown) => (isDays(x) && 'days_ago' in x ? x.days_ago : undefined)
const daysAhead = (x: unknown) => (isDays(x) && 'days_ahead' in x ? x.days_ahead : undefined)
const DAY = /^\d{4}-\d\d-\d\d/
const isDay = (x: unknown): x is string => typeof x === 'string' && DAY.test(x)
const plain = (x: unknown): x is string | number => (typeof x === 'number' || typeof x === 'string') && !isDay(x)
const has = (members: Members, ...names: (keyof Members)[]) => Object.keys(members).length === names.length && names.every((n) => members[n] !== undefined)
const list = (x: Operand | Operand[]): Operand[] => (Array.isArray(x) ? x : [x])
const alone = (values: Operand[]) => (values.length === 1 ? values[0]! : values)
const amount = (x: unknown): x is number => typeof x === 'number' && Number.isInteger(x) && x >= 0
const filled = (x: unknown): x is Operand => x !== undefined && x !== ''

function oneBound(name: 'gt' | 'gte' | 'lt' | 'lte', fits: (x: unknown) => boolean): FieldWay {
  return {
    write: ([v]) => (filled(v) && fits(v) ? { [name]: v } : undefined),
    read: (m) => (has(m, name) && fits(m[name]) ? [m[name]!] : undefined),
  }
}

function days(name: 'gt' | 'gte' | 'lt', ahead: boolean): FieldWay {
  const of = ahead ? daysAhead : daysAgo
  return {
    write: ([v]) => (amount(v) ? { [name]: ahead ? { days_ahead: v } : { days_ago: v } } : undefined),
    read: (m) => (has(m, name) && of(m[name]) !== undefined ? [of(m[name])!] : undefined),
  }
}

const isWay: FieldWay['read'] = (m) => (has(m, 'is') && typeof m.is !== 'boolean' ? list(m.is!) : undefined)

/** In the order in which a leaf is tried. */
export const FIELD_WAYS: Partial<Record<WayId, FieldWay>> = {
  yes: { write: () => ({ is: true }), read: (m) => (has(m, 'is') && m.is === true ? [] : undefined) },
  no: { write: () => ({ is: false }), read: (m) => (has(m, 'is') && m.is === false ? [] : undefined) },
  is: { write: (v) => (v.length > 0 && v.every(filled) ? { is: alone(v) } : undefined), read: isWay },
  is_not: { write: (v) => (v.length > 0 && v.every(filled) ? { is_not: alone(v) } : undefined), read: (m) => (has(m, 'is_not') ? list(m.is_not!) : undefined) },
  within: { write: ([v]) => (typeof v === 'string' && v ? { within: v } : undefined), read: (m) => (has(m, 'within') ? [m.within!] : undefined) },
  not_within: { not: true, write: ([v]) => (typeof v === 'string' && v ? { within: v } : undefined), read: (m) => (has(m, 'within') ? [m.within!] : undefined) },
  contains: { write: ([v]) => (typeof v === 'string' && v ? { contains: v } : undefined), read: (m) => (has(m, 'contains') ? [m.contains!] : undefined) },
  not_contains: { not: true, write: ([v]) => (typeof v === 'string' && v ? { contains: v } : undefined), read: (m) => (has(m, 'contains') ? [m.contains!] : undefined) },
  empty: { write: () => ({ empty: true }), read: (m) => (has(m, 'empty') && m.empty === true ? [] : undefined) },
  filled: { write: () => ({ empty: false }), read: (m) => (has(m, 'empty') && m.empty === false ? [] : undefined) },
  in_last: days('gte', false),
  longer_ago: days('lt', false),
  later: days('gt', true),
  in_next: {
    write: ([v]) => (amount(v) ? { gte: { days_ago: 0 }, lt: { days_ahead: v } } : undefined),
    read: (m) => (has(m, 'gte', 'lt') && daysAgo(m.gte) === 0 && daysAhead(m.lt) !== undefined ? [daysAhead(m.lt)!] : undefined),
  },
  since: oneBound('gte', isDay),
  before: oneBound('lt', isDay),
  span: { write: ([a, b]) => (isDay(a) && isDay(b) ? { gte: a, lt: b } : undefined), read: (m) => (has(m, 'gte', 'lt') && isDay(m.gte) && isDay(m.lt) ? [m.gte, m.lt] : undefined) },
  at_least: oneBound('gte', plain),
  more: oneBound('gt', plain),
  at_most: oneBound('lte', plain),
  less: oneBound('lt', plain),
  between: {
    write: ([a, b]) => (filled(a) && filled(b) && plain(a) && plain(b) ? { gte: a, lte: b } : undefined),
    read: (m) => (has(m, 'gte', 'lte') && plain(m.gte) && plain(m.lte) ? [m.gte, m.lte] : undefined),
  },
}

/* Events: the last value is the number of days looked back on; 0 is ever. */

const back = (v: Operand | undefined) => (amount(v) && v > 0 ? { in_days: v } : {})
const times = (v: Operand | undefined): v is number => amount(v) && v > 0

export function subjectOf({ event, until, upcoming, less }: Happened): Subject {
  return { event, ...(until === undefined ? {} : { until }), ...(upcoming === undefined ? {} : { upcoming }), ...(less === undefined ? {} : { less }) }
}

function writeEvent(event: Subject, way: WayId, [a, b]: Operand[]): Happened | undefined {
  switch (way) {
    case 'some': return { ...event, ...back(a) }
    case 'never': return { ...event, ...back(a), count: { lt: 1 } }
    case 'times': return times(a) ? { ...event, ...back(b), count: { gte: a } } : undefined
    case 'fewer': return times(a) ? { ...event, ...back(b), count: { lt: a } } : undefined
    case 'exactly': return times(a) ? { ...event, ...back(b), count: { gte: a, lte: a } } : undefined
    case 'sum': return times(a) ? { ...event, ...back(b), sum: 'amount', gte: a } : undefined
    case 'top': return typeof a === 'number' && a > 0 && a <= 100 ? { ...event, sum: 'amount', top_percent: a } : undefined
    default: return undefined
  }
}

function readCount(count: NonNullable<Happened['count']>): [way: WayId, n?: number] | undefined {
  const atLeast = count.gte ?? (count.gt === undefined ? undefined : count.gt + 1)
  const under = count.lt ?? (count.lte === undefined ? undefined : count.lte + 1)
  const ends = Object.keys(count).length
  if (ends === 2 && times(atLeast) && under === atLeast + 1) return ['exactly', atLeast]
  if (ends !== 1) return undefined
  if (atLeast === 1) return ['some']
  if (under === 1) return ['never']
  if (times(atLeast)) return ['times', atLeast]
  return times(under) ? ['fewer', under] : undefined
}

function readEvent(leaf: Happened): Found | undefined {
  const { in_days = 0, since, count, sum, gte, top_percent } = leaf
  if (since !== undefined) return undefined
  if (sum !== undefined) {
    if (sum !== 'amount' || count) return undefined
    if (top_percent !== undefined) return gte === undefined && in_days === 0 ? { way: 'top', values: [top_percent, 0] } : undefined
    return times(gte) ? { way: 'sum', values: [gte, in_days] } : undefined
  }
  const read = count ? readCount(count) : (['some'] as [WayId])
  if (!read) return undefined
  const [way, n] = read
  return { way, values: n === undefined ? [in_days] : [n, in_days] }
}

interface Found {
  way: WayId
  values: Operand[]
}

/** Which way a condition asks; undefined when the builder has none for it. */
export function wayOf(leaf: Leaf, not: boolean): Found | undefined {
  if ('search' in leaf) return not ? undefined : { way: 'found', values: [leaf.search] }
  if ('event' in leaf) return not ? undefined : readEvent(leaf)
  const { field: _field, ...members } = leaf
  for (const [way, { read, not: turned }] of Object.entries(FIELD_WAYS)) {
    const values = (turned ?? false) === not ? read(members) : undefined
    if (values) return { way: way as WayId, values }
  }
  return undefined
}

/** The condition, or undefined while a value is missing. */
export function writeWay(about: About, way: WayId, values: Operand[]): Expression | undefined {
  if ('search' in about) return typeof values[0] === 'string' && values[0].trim() ? { search: values[0].trim() } : undefined
  if ('event' in about) return writeEvent(about.event, way, values)
  const rules = FIELD_WAYS[way]
  const members = rules?.write(values)
  if (!rules || !members) return undefined
  const leaf = { field: about.field, ...members }
  return rules.not ? { not: leaf } : leaf
}

/** What can be asked of a field, the usual first. */
export function waysOf(field: FilterField): WayId[] {
  const ends: WayId[] = ['empty', 'filled']
  if (field.shape === 'flag') return ['yes', 'no']
  if (field.shape === 'time' || field.shape === 'date') {
    const ahead: WayId[] = field.name.startsWith('custom.') ? ['in_next', 'later'] : []
    return ['in_last', 'longer_ago', ...ahead, 'since', 'before', 'span', ...ends]
  }
  if (field.shape === 'number') return ['at_least', 'at_most', 'between', 'is', ...ends]
  if (field.prefix === 'fol') return ['within', 'not_within', 'is', ...ends]
  if (field.prefix === 'cus' || field.prefix === 'fil') return ends.toReversed()
  if (field.shape === 'id' || field.shape === 'choice') return ['is', 'is_not', ...ends]
  return field.contains ? ['contains', 'is', 'is_not', 'not_contains', ...ends] : ['is', 'is_not', ...ends]
}

export const EVENT_WAYS: WayId[] = ['some', 'never', 'times', 'fewer', 'exactly']
export const SUM_WAYS: WayId[] = ['sum', 'top']

/** What a way asks for beside the field. */
export type Wants = 'nothing' | 'several' | 'folder' | 'text' | 'number' | 'two numbers' | 'days' | 'day' | 'two days' | 'event'
export function wantsOf(way: WayId): Wants {
  switch (way) {
    case 'empty': case 'filled': case 'yes': case 'no': return 'nothing'
    case 'is': case 'is_not': return 'several'
    case 'within': case 'not_within': return 'folder'
    case 'contains': case 'not_contains': case 'found': return 'text'
    case 'at_least': case 'more': case 'at_most': case 'less': return 'number'
    case 'between': return 'two numbers'
    case 'in_last': case 'longer_ago': case 'in_next': case 'later': return 'days'
    case 'since': case 'before': return 'day'
    case 'span': return 'two days'
    default: return 'event'
  }
}

/** Values that still fit when another way is chosen. */
export function carried(from: WayId, to: WayId, values: Operand[]): Operand[] {
  const [a, b] = [wantsOf(from), wantsOf(to)]
  if (a === b && a !== 'event') return values
  if (a === 'event') {
    const lone = (way: WayId) => way === 'some' || way === 'never'
    const back = values.at(-1) ?? 0
    return lone(to) ? [back] : [lone(from) ? 2 : (values[0] ?? 2), back]
  }
  if ((a === 'folder' && b === 'several') || (a === 'number' && b === 'two numbers') || (a === 'text' && b === 'several')) return values
  if (a === 'day' && b === 'two days') return values
  if (b === 'folder' || b === 'number' || b === 'text' || b === 'day') return a === 'several' || a.startsWith('two') ? values.slice(0, 1) : []
  return b === 'days' ? [30] : []
}
