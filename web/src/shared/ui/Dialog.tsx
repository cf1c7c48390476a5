import { lazy, Suspense } from 'react'
import type { DialogProps } from './DialogModal'

const load = () => import('./DialogModal')
const DialogModal = lazy(() => load().then((m) => ({ default: m.DialogModal })))

// Dialogs are not needed for the first screen, yet must open without a wait later.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void load())

export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <DialogModal {...props} />
    </Suspense>
  )
}
