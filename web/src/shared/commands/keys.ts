/** Keys as they are written in a command: 'j', '?', 'mod+k', 'alt+ArrowUp', or a sequence such as 'g t'. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

function pressMatches(combo: string, press: KeyPress): boolean {
  const parts = combo.split('+')
  const key = parts.pop() || '+'
  const wants = (name: string) => parts.includes(name)
  const mod = isApple ? press.metaKey : press.ctrlKey
  if (wants('mod') !== mod || wants('alt') !== press.altKey) return false
  if (wants('shift') && !press.shiftKey) return false
  const plainLetter = /^[a-z]$/.test(key) && !wants('shift')
  if (plainLetter && press.shiftKey) return false
  return press.key.toLowerCase() === key.toLowerCase()
}

export type Match = 'full' | 'part' | 'none'

/** Whether the presses so far are a command's keys, the beginning of them, or neither. */
export function matchKeys(keys: string, presses: KeyPress[]): Match {
  const steps = keys.split(' ')
  if (presses.length > steps.length) return 'none'
  const fits = presses.every((press, i) => pressMatches(steps[i]!, press))
  if (!fits) return 'none'
  return presses.length === steps.length ? 'full' : 'part'
}

/** True while the person types text, so that single keys must not act. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range', 'color'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

const SYMBOLS: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl', alt: isApple ? '⌥' : 'Alt', shift: '⇧', Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc',
}

/** The caps to draw for a command's keys: ['Ctrl', 'K'] or ['G', 'T']. */
export function keyCaps(keys: string): string[] {
  return keys.split(/[ +]/).map((k) => SYMBOLS[k] ?? (k.length === 1 ? k.toUpperCase() : k))
}
