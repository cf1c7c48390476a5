import { marks } from './marks'

const BEFORE = 32
const LONGEST = 150

/** A note's Markdown as running text: no signs of emphasis, no addresses of links, no ids of mentions. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!?@?\[([^\]]*)\]\([^)\s]*\)?/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}|[-*+>]|\d+\.)[ \t]+/gm, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The piece of a note around the first word that was typed, cut between words. */
export function excerpt(markdown: string, typed: string): string {
  const text = plainText(markdown)
  const pieces = marks(text, typed)
  const first = pieces.findIndex((piece) => piece.found)
  const at = pieces.slice(0, Math.max(first, 0)).reduce((sum, piece) => sum + piece.text.length, 0)
  const space = at > BEFORE ? text.indexOf(' ', at - BEFORE) : -1
  const from = space >= 0 && space < at ? space + 1 : at > BEFORE ? at : 0
  return (from > 0 ? '… ' : '') + text.slice(from, from + LONGEST)
}
