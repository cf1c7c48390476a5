/** What can be done right now. Screens offer commands while they are mounted; keys, palette and shortcut sheet read them. */
import { useEffect, useRef } from 'react'
import { store } from '../store'
import { isTyping, matchKeys, type KeyPress } from './keys'

export { isApple, keyCaps } from './keys'

export interface Command {
  id: string
  title: string
  group: string
  keys?: string
  /** Works while typing in a field too; only for keys with a modifier. */
  whileTyping?: boolean
  /** Where it stands in the palette, and its group with it: higher is nearer to the top; 0 when left out. */
  place?: number
  /** Not worth a line in the palette (moving up and down, say). */
  hidden?: boolean
  run: () => void
}

const commands = store<readonly Command[]>([])

/** Offers commands for as long as the component is mounted. */
export function useCommands(offered: Command[]) {
  const latest = useRef(offered)
  const shape = offered.map((c) => `${c.id}\t${c.title}\t${c.group}\t${c.keys}`).join('\n')
  useEffect(() => {
    latest.current = offered
  })
  useEffect(() => {
    const mine = latest.current.map((c) => ({ ...c, run: () => latest.current.find((l) => l.id === c.id)?.run() }))
    commands.set([...commands.get(), ...mine])
    return () => commands.set(commands.get().filter((c) => !mine.includes(c)))
  }, [shape])
}

export const useCommandList = () => commands.use()

export function runCommand(id: string) {
  commands.get().findLast((c) => c.id === id)?.run()
}

const SEQUENCE_TIMEOUT = 1_200
let presses: KeyPress[] = []
let timer: ReturnType<typeof setTimeout> | undefined

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
  const typing = isTyping(event.target)
  const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"], [role="menu"], [role="listbox"][data-popup]')
  clearTimeout(timer)
  presses = typing ? [event] : [...presses, event]
  const candidates = commands.get().filter((c) => c.keys && (c.whileTyping || !(typing || inDialog)))
  const found = candidates.findLast((c) => matchKeys(c.keys!, presses) === 'full')
  if (found) {
    event.preventDefault()
    presses = []
    found.run()
    return
  }
  if (candidates.some((c) => matchKeys(c.keys!, presses) === 'part')) timer = setTimeout(() => (presses = []), SEQUENCE_TIMEOUT)
  else presses = []
}

/** Listens for keys on the whole page; once, in the shell. */
export function useCommandKeys() {
  useEffect(() => {
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
