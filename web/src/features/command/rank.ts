import type { Command } from '@/shared/commands'
import { fold } from '@/shared/format'

/** Commands that hold every word typed; those whose title begins with it come first. */
export function rankCommands(commands: readonly Command[], text: string): Command[] {
  const words = fold(text.trim()).split(/\s+/).filter(Boolean)
  const shown = commands.filter((c) => !c.hidden)
  if (words.length === 0) return shown
  const whole = fold(text.trim())
  const score = (c: Command) => (fold(c.title).startsWith(whole) ? 0 : fold(c.title).includes(whole) ? 1 : 2)
  return shown
    .filter((c) => words.every((w) => fold(`${c.title} ${c.group}`).includes(w)))
    .sort((a, b) => score(a) - score(b))
}
