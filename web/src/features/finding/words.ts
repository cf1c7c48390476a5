/** Filters in words: each condition as a part of one sentence, with the place where its value stands. */
import type { Days, Expression, FilterField, Operand } from '@/shared/api'
import { count, date } from '@/shared/format'
import { t } from '@/shared/i18n'
import { eventOf } from './events'
import type { Chip } from './model'
import type { WayId } from './ways'

/** What a name stands for, looked up in the business's own vocabulary. */
export interface Names {
  field: (name: string) => FilterField | undefined
  value: (field: string, value: Operand) => string
  money: (minor: number) => string
}

/** Marks where the value stands, to be set apart from the words around it. */
export const VALUE = '\u0000'

const ID_WORDS: Record<string, Partial<Record<WayId, string>>> = {
  folder_id: { within: t('who are in {value}'), not_within: t('who are not in {value}'), is: t('who are directly in {value}'), is_not: t('who are not directly in {value}'), empty: t('who are in no folder'), filled: t('who are in a folder') },
  status_id: { is: t('who have the status {value}'), is_not: t('who do not have the status {value}'), empty: t('who have no status'), filled: t('who have a status') },
  tag_id: { is: t('who have the tag {value}'), is_not: t('who do not have the tag {value}'), empty: t('who have no tags'), filled: t('who have a tag') },
  segment_id: { is: t('who are in the segment {value}'), is_not: t('who are not in the segment {value}'), empty: t('who are in no segment'), filled: t('who are in a segment') },
  worker_id: { is: t('who are looked after by {value}'), is_not: t('who are not looked after by {value}'), empty: t('whom nobody looks after'), filled: t('whom somebody looks after') },
  responsible_id: { is: t('for whom {value} is responsible'), is_not: t('for whom {value} is not responsible'), empty: t('for whom nobody is responsible'), filled: t('for whom somebody is responsible') },
  newsletter: { yes: t('who get the newsletter'), no: t('who do not get the newsletter') },
  created_at: { in_last: t('who were added in the last {value}'), longer_ago: t('who were added more than {value} ago'), since: t('who were added since {value}'), before: t('who were added before {value}'), span: t('who were added from {value}') },
  activity_at: { in_last: t('with activity in the last {value}'), longer_ago: t('without activity for {value}'), since: t('with activity since {value}'), before: t('without activity since {value}'), span: t('with the last activity from {value}'), empty: t('without any activity'), filled: t('with some activity') },
  customer_since: { in_last: t('who became customers in the last {value}'), longer_ago: t('who have been customers for {value}'), since: t('who have been customers only since {value}'), before: t('who were customers before {value}'), span: t('who became customers from {value}'), empty: t('who never became customers'), filled: t('who became customers') },
}

const WORDS: Record<WayId, string> = {
  is: t('whose {field} is {value}'), is_not: t('whose {field} is not {value}'), within: t('whose {field} is in {value}'), not_within: t('whose {field} is not in {value}'),
  contains: t('whose {field} contains {value}'), not_contains: t('whose {field} does not contain {value}'), empty: t('whose {field} is empty'), filled: t('whose {field} is filled in'),
  yes: t('with {field}'), no: t('without {field}'),
  at_least: t('with {field} of at least {value}'), more: t('with {field} of more than {value}'), at_most: t('with {field} of at most {value}'), less: t('with {field} of less than {value}'), between: t('with {field} between {value}'),
  in_last: t('whose {field} was in the last {value}'), longer_ago: t('whose {field} is more than {value} ago'), in_next: t('whose {field} is in the next {value}'), later: t('whose {field} is more than {value} away'),
  since: t('whose {field} is on or after {value}'), before: t('whose {field} is before {value}'), span: t('whose {field} is from {value}'),
  found: t('found by {value}'),
  some: t('who have {one}{back}'), never: t('who have {none}{back}'), times: t('who have {one} at least {value}{back}'), fewer: t('who have {one} fewer than {value}{back}'), exactly: t('who have {one} exactly {value}{back}'),
  sum: t('who have {one} of at least {value}{back}'), top: t('who are among the top {value} by {one}'),
}

/** The ways as they stand in the menu of one field. */
export const WAY_NAMES: Record<WayId, string> = {
  is: t('is'), is_not: t('is not'), within: t('is in, or below'), not_within: t('is not in'), contains: t('contains'), not_contains: t('does not contain'), empty: t('is empty'), filled: t('is filled in'), yes: t('yes'), no: t('no'),
  at_least: t('at least'), more: t('more than'), at_most: t('at most'), less: t('less than'), between: t('between'),
  in_last: t('in the last … days'), longer_ago: t('more than … days ago'), in_next: t('in the next … days'), later: t('more than … days ahead'), since: t('since'), before: t('before'), span: t('from … until'),
  found: t('found by'), some: t('at least once'), never: t('not once'), times: t('at least … times'), fewer: t('fewer than … times'), exactly: t('exactly … times'), sum: t('at least an amount'), top: t('among the top'),
}

const days = (n: Operand | undefined) => t('{n, plural, one {# day} other {# days}}', { n: Number(n ?? 0) })
const times = (n: Operand | undefined) => t('{n, plural, =1 {once} =2 {twice} other {# times}}', { n: Number(n ?? 0) })
const day = (value: Operand | undefined) => (typeof value === 'string' && value ? date(value) : '…')
const or = (list: string[]) => (list.length > 1 ? t('{list} or {last}', { list: list.slice(0, -1).join(', '), last: list.at(-1)! }) : (list[0] ?? '…'))

const dayful = (value: Days) => ('days_ago' in value ? t('{days} ago', { days: days(value.days_ago) }) : t('in {days}', { days: days(value.days_ahead) }))
/** Any value in short, also where the builder has no words for its condition. */
export function plainValue(value: Operand): string {
  if (typeof value === 'object') return dayful(value)
  return typeof value === 'boolean' ? (value ? t('yes') : t('no')) : String(value)
}

function valueText(chip: Chip, names: Names): string {
  const [a, b] = chip.values
  const field = 'field' in chip.about ? chip.about.field : ''
  const named = (v: Operand | undefined) => (v === undefined || v === '' ? '…' : field ? names.value(field, v) : plainValue(v))
  switch (chip.way) {
    case 'in_last': case 'longer_ago': case 'in_next': case 'later': return a === undefined ? '…' : days(a)
    case 'since': case 'before': return day(a)
    case 'span': return t('{from} until before {to}', { from: day(a), to: day(b) })
    case 'between': return t('{from} and {to}', { from: named(a), to: named(b) })
    case 'contains': case 'not_contains': case 'found': return a === undefined || a === '' ? '…' : t('“{text}”', { text: plainValue(a) })
    case 'times': case 'fewer': case 'exactly': return times(a)
    case 'sum': return a === undefined ? '…' : names.money(Number(a))
    case 'top': return t('{n}%', { n: Number(a) })
    default: return or(chip.values.map(named))
  }
}

const lower = (label: string) => (/^\p{Lu}\p{Ll}/u.test(label) ? label[0]!.toLocaleLowerCase() + label.slice(1) : label)

/** The condition as three pieces: before the value, the value, behind it. */
export function chipWords(chip: Chip, names: Names): [before: string, value: string, after: string] {
  const value = valueText(chip, names)
  const back = Number(chip.values.at(-1) ?? 0)
  const [own, label] = 'field' in chip.about ? [ID_WORDS[chip.about.field]?.[chip.way], names.field(chip.about.field)?.label ?? chip.about.field] : [undefined, '']
  const event = 'event' in chip.about ? eventOf(chip.about.event) : undefined
  const text = t(own ?? WORDS[chip.way], {
    value: VALUE, field: lower(label), one: event?.one ?? '', none: event?.none ?? '', back: event && back > 0 ? t(' in the last {days}', { days: days(back) }) : '',
  })
  const [before = '', after] = text.split(VALUE)
  return after === undefined ? [text, '', ''] : [before, value, after]
}

/** A whole filter in one line, for lists of views and for what is shown but not edited. */
export function expressionText(expression: Expression, names: Names, read: (e: Expression) => Chip | undefined): string {
  if ('all' in expression || 'any' in expression) {
    const [list, joint] = 'all' in expression ? [expression.all, t(' and ')] : [expression.any, t(' or ')]
    if (list.length === 0) return 'all' in expression ? t('everybody') : t('nobody')
    const parts = list.map((e) => ('all' in e || 'any' in e) && list.length > 1 ? `(${expressionText(e, names, read)})` : expressionText(e, names, read))
    return parts.join(joint)
  }
  const chip = read(expression)
  if (chip) return chipWords(chip, names).join('')
  if ('not' in expression) return t('not ({what})', { what: expressionText(expression.not, names, read) })
  if ('search' in expression) return t('found by “{text}”', { text: expression.search })
  if ('event' in expression) return t('{event}, counted in another way', { event: eventOf(expression).label })
  const { field, ...members } = expression
  const asked = Object.entries(members).map(([name, value]) => `${name} ${[value as Operand].flat().map(plainValue).join(', ')}`)
  return `${names.field(field)?.label ?? field} ${asked.join(', ')}`
}

export const shareText = (part: number, whole: number) => {
  if (whole === 0) return ''
  const share = (100 * part) / whole
  return share > 0 && share < 1 ? t('< 1%') : t('{n}%', { n: count(Math.round(share)) })
}
