import { Suspense } from 'react'
import { part } from '@/shared/ui'
import { whichValue } from './question'

const WhichValue = part(() => import('./WhichValue'), (m) => m.WhichValue)

export function ConflictDialog() {
  const question = whichValue.useOpen()
  if (!question) return null
  return (
    <Suspense>
      <WhichValue question={question} />
    </Suspense>
  )
}
