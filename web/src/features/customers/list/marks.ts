import { fold } from '@/shared/format'

/** A text cut into pieces, of which those that hold what was typed are marked: words by their beginning, without case and accents. */
export function marks(text: string, typed: string | undefined): { text: string; found: boolean }[] {
  const words = fold(typed?.trim() ?? '').split(/\s+/).filter(Boolean)
  if (words.length === 0) return [{ text, found: false }]
  const letters = [...text.normalize('NFC')]
  const folded = letters.map((letter) => fold(letter))
  const found = letters.map(() => false)
  for (let start = 0; start < letters.length; start++) {
    if (start > 0 && /[\p{L}\p{N}]/u.test(letters[start - 1]!)) continue
    for (const word of words) {
      let end = start
      let held = ''
      while (end < letters.length && held.length < word.length) held += folded[end++]
      if (held.startsWith(word)) found.fill(true, start, end)
    }
  }
  const pieces: { text: string; found: boolean }[] = []
  letters.forEach((letter, i) => {
    const last = pieces.at(-1)
    if (last?.found === found[i]) last!.text += letter
    else pieces.push({ text: letter, found: found[i]! })
  })
  return pieces
}
