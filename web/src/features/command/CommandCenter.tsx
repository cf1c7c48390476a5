import { Suspense, useEffect, useState } from 'react'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { part } from '@/shared/ui'

const loadPalette = () => import('./Palette')
const Palette = part(loadPalette, (m) => m.Palette)
const Shortcuts = part(() => import('./Shortcuts'), (m) => m.Shortcuts)

/** The palette on Ctrl/⌘-K and the shortcut sheet on "?", loaded when first asked for. */
export function CommandCenter() {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const close = () => setOpen(undefined)
  const early = useEarlyLetters(open === 'palette')
  // Loaded while nothing else is to do: what is typed right after the key must not be lost.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1_500)
    return () => clearTimeout(timer)
  }, [])
  useCommands([
    { id: 'palette', title: t('Command palette'), group: t('General'), keys: 'mod+k', whileTyping: true, hidden: true, run: () => setOpen('palette') },
    { id: 'shortcuts', title: t('Keyboard shortcuts'), group: t('General'), keys: '?', run: () => setOpen('shortcuts') },
  ])
  return (
    <Suspense>
      {open === 'palette' && <Palette early={early} onClose={close} />}
      {open === 'shortcuts' && <Shortcuts onClose={close} />}
    </Suspense>
  )
}

/** What is typed between the key and the palette's own box having the focus: meant for it, and no key of the page. */
function useEarlyLetters(opening: boolean) {
  const [letters, setLetters] = useState('')
  useEffect(() => {
    if (!opening) return
    const keep = (event: KeyboardEvent) => {
      const arrived = event.target instanceof Element && event.target.closest('[role="dialog"]')
      if (arrived || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      setLetters((before) => before + event.key)
    }
    addEventListener('keydown', keep, true)
    return () => {
      removeEventListener('keydown', keep, true)
      setLetters('')
    }
  }, [opening])
  return letters
}
