import { lazy, Suspense } from 'react'
import { whichValue } from './question'

const WhichValue = lazy(() => import('./WhichValue').then((m) => ({ default: m.WhichValue })))

export function ConflictDialog() {
  const question = whichValue.useOpen()
  if (!question) return null
  return (
    <Suspense>
      <WhichValue question={question} />
    </Suspense>
  )
}
