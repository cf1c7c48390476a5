import { lazy, Suspense } from 'react'
import { useOpenMove } from './question'

const WhatChanges = lazy(() => import('./WhatChanges').then((m) => ({ default: m.WhatChanges })))

export function MoveDialog() {
  const question = useOpenMove()
  if (!question) return null
  return (
    <Suspense>
      <WhatChanges question={question} />
    </Suspense>
  )
}
