/** Colleagues named in a note: written "@Jane Peacock" in the box, kept as "@[Jane Peacock](usr_…)". */
export interface Mention {
  id: string
  name: string
}

const MARK = /@\[([^\]]+)\]\((usr_\w+)\)/g

/** The text for the writing box, and who is named in it. */
export function forWriting(body: string): { text: string; mentions: Mention[] } {
  const mentions = [...body.matchAll(MARK)].map((m) => ({ name: m[1]!, id: m[2]! }))
  return { text: body.replace(MARK, '@$1'), mentions }
}

/** The body to keep: every chosen name that still stands in the text becomes a mention. Longer names first, so none cuts another. */
export function forKeeping(text: string, mentions: Mention[]): string {
  const byLength = mentions.toSorted((a, b) => b.name.length - a.name.length)
  let kept = text
  for (const { id, name } of byLength) {
    const bare = new RegExp(`@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu')
    kept = kept.replace(bare, `@[${name}](${id})`)
  }
  return kept
}

/** What is being typed after an @ before the caret; undefined outside a mention. */
export function typedMention(text: string, caret: number): { start: number; word: string } | undefined {
  const match = /(?:^|[\s(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u.exec(text.slice(0, caret))
  if (!match) return undefined
  return { start: caret - match[1]!.length - 1, word: match[1]! }
}
