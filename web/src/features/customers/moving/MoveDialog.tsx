import { Suspense } from 'react'
import { part } from '@/shared/ui'
import { moving } from './question'

const WhatChanges = part(() => import('./WhatChanges'), (m) => m.WhatChanges)

export function MoveDialog() {
  const question = moving.useOpen()
  if (!question) return null
  return (
    <Suspense>
      <WhatChanges question={question} />
    </Suspense>
  )
}
