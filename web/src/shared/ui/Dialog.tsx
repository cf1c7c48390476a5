import { Suspense, useEffect, useState } from 'react'
import type { DialogProps } from './DialogModal'
import { part } from './part'

const load = () => import('./DialogModal')
const DialogModal = part(load, (m) => m.DialogModal)

// Dialogs are not needed for the first screen, yet must open without a wait later.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void load())

/** Gives the focus back when the dialog goes, however it goes: most are taken out of the page rather than closed. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const lost = document.activeElement === document.body || document.activeElement === null
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus()
      })
    },
    [before],
  )
}

export function Dialog(props: DialogProps) {
  useFocusBack()
  return (
    <Suspense>
      <DialogModal {...props} />
    </Suspense>
  )
}
