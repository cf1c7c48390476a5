import type { Command } from '@/shared/commands'
import { fold } from '@/shared/format'

/** Each group once: what is on the screen first, the account last; the same within a group. */
function byGroup(commands: Command[]): Command[] {
  const groups = Map.groupBy(commands, (c) => c.group)
  const place = (group: string) => Math.max(...groups.get(group)!.map((c) => c.place ?? 0))
  return [...groups.keys()].toSorted((a, b) => place(b) - place(a)).flatMap((group) => groups.get(group)!.toSorted((a, b) => (b.place ?? 0) - (a.place ?? 0)))
}

/** Commands that hold every word typed; those whose title begins with it come first. */
export function rankCommands(commands: readonly Command[], text: string): Command[] {
  const words = fold(text.trim()).split(/\s+/).filter(Boolean)
  const shown = commands.filter((c) => !c.hidden)
  if (words.length === 0) return byGroup(shown)
  const whole = fold(text.trim())
  const score = (c: Command) => (fold(c.title).startsWith(whole) ? 0 : fold(c.title).includes(whole) ? 1 : 2)
  return shown
    .filter((c) => words.every((w) => fold(`${c.title} ${c.group}`).includes(w)))
    .sort((a, b) => score(a) - score(b))
}
