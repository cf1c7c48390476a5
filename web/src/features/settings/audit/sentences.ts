/** An entry of the audit log as a plain sentence: who, what, about whom. */
import type { AuditEntry } from '@/shared/api'
import { t } from '@/shared/i18n'
import { listed } from './fields'
import { PASSING, ROUTES, SENTENCES, THINGS, TRIED, UNKNOWN } from './words'

export interface Piece {
  text: string
  strong?: true
  /** The customer whom it names. */
  customer?: string
}

const ACTOR = '\u0001'
const SUBJECT = '\u0002'
const CUSTOMER = '\u0003'
const MARKS = new RegExp(`([${ACTOR}${SUBJECT}${CUSTOMER}])`)

const FORMER_ACTOR = t('Somebody who is gone')
const FORMER_CUSTOMER = t('a customer who is gone')
const FORMER_THING = t('(gone since)')

function actorName({ actor }: AuditEntry): string {
  if (actor.id === null) return actor.name
  if (actor.kind === 'key') return t('The API key {name}', { name: actor.name || '?' })
  if (actor.kind === 'import') return t('The import {name}', { name: actor.name || '?' })
  return actor.name || FORMER_ACTOR
}

/** "PATCH /customers/{id}", without the API's version. */
export const routeOf = ({ route }: AuditEntry) => route.replace(' /api/v1/', ' /')

/** A request of which nothing came is told by its route, else by what it does and what stands first in its path. */
function told(entry: AuditEntry, route: string, method: string): string {
  if (entry.kind) return SENTENCES[entry.kind] ?? UNKNOWN
  return PASSING[route] ?? ROUTES[route] ?? TRIED[method] ?? UNKNOWN
}

/** The sentence in pieces: names stand apart from the words around them. */
export function sentence(entry: AuditEntry, names: Record<string, string>, custom: (key: string) => string | undefined): Piece[] {
  const route = routeOf(entry)
  const [method = '', path = ''] = route.split(' ')
  const thing = entry.subject_name ? SUBJECT : (THINGS[path.split('/')[1] ?? ''] ?? path)
  const text = t(told(entry, route, method), { actor: ACTOR, subject: SUBJECT, customer: CUSTOMER, thing, fields: listed(entry.fields, custom), kind: entry.kind ?? route })
  return text.split(MARKS).filter(Boolean).map((piece): Piece => {
    if (piece === ACTOR) return { text: actorName(entry), strong: true }
    if (piece !== SUBJECT && piece !== CUSTOMER) return { text: piece }
    return about(entry, names, piece === CUSTOMER)
  })
}

function about(entry: AuditEntry, names: Record<string, string>, customer: boolean): Piece {
  // What was refused names the customer by its path only.
  const id = entry.customer_id ?? (entry.subject?.startsWith('cus_') ? entry.subject : null)
  if (id && (customer || id === entry.subject)) {
    const name = id === entry.subject ? entry.subject_name : names[id]
    return name ? { text: name, strong: true, customer: id } : { text: FORMER_CUSTOMER }
  }
  if (customer) return { text: FORMER_CUSTOMER }
  return entry.subject_name ? { text: entry.subject_name, strong: true } : { text: FORMER_THING }
}

export const plainText = (pieces: Piece[]) => pieces.map((p) => p.text).join('')
