import { lazy, Suspense } from 'react'
import { moving } from './question'

const WhatChanges = lazy(() => import('./WhatChanges').then((m) => ({ default: m.WhatChanges })))

export function MoveDialog() {
  const question = moving.useOpen()
  if (!question) return null
  return (
    <Suspense>
      <WhatChanges question={question} />
    </Suspense>
  )
}
