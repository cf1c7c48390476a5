import { lazy, Suspense, useState } from 'react'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'

const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })))
const Shortcuts = lazy(() => import('./Shortcuts').then((m) => ({ default: m.Shortcuts })))

/** The palette on Ctrl/⌘-K and the shortcut sheet on "?", loaded when first asked for. */
export function CommandCenter() {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const close = () => setOpen(undefined)
  useCommands([
    { id: 'palette', title: t('Command palette'), group: t('General'), keys: 'mod+k', whileTyping: true, hidden: true, run: () => setOpen('palette') },
    { id: 'shortcuts', title: t('Keyboard shortcuts'), group: t('General'), keys: '?', run: () => setOpen('shortcuts') },
  ])
  return (
    <Suspense>
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'shortcuts' && <Shortcuts onClose={close} />}
    </Suspense>
  )
}
