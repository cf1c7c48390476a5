/** A filter as one short word of the address: JSON whose usual turns are single bytes, in the letters that an address carries unchanged. */
import type { Expression } from '@/shared/api'

/** JSON never holds these bytes itself. The order is part of every address that was ever shared: add at the end only. */
const TURNS = [
  '{"all":[', '{"any":[', '{"not":', '{"field":"', '","is":"', '","is":["', '","is_not":"', '","within":"', '","contains":"', '","empty":true}', '","empty":false}',
  '","gte":', '","lt":', '{"days_ago":', '{"days_ahead":', '{"event":"', '","in_days":', ',"count":{"gte":', ',"count":{"lt":', '{"search":"', '"},', '}]}', '"}]}', '","',
  'custom.', '_id', '_at', '","lte":', ',"lte":', ',"lt":', '"]}',
]
const byte = (at: number) => String.fromCodePoint(at + 1)

export function packFilter(expression: Expression | undefined): string | undefined {
  if (!expression) return undefined
  const text = TURNS.reduce((s, turn, at) => s.replaceAll(turn, byte(at)), JSON.stringify(expression))
  const bytes = String.fromCodePoint(...new TextEncoder().encode(text))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Undefined for what is no filter: an address may be cut off on its way. */
export function unpackFilter(packed: string | undefined): Expression | undefined {
  if (!packed) return undefined
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.codePointAt(0)!)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const found: unknown = JSON.parse(TURNS.reduceRight((s, turn, at) => s.replaceAll(byte(at), () => turn), text))
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Expression) : undefined
  } catch {
    return undefined
  }
}
