import { lazy, Suspense } from 'react'
import { useOpenQuestion } from './question'

const WhichValue = lazy(() => import('./WhichValue').then((m) => ({ default: m.WhichValue })))

export function ConflictDialog() {
  const question = useOpenQuestion()
  if (!question) return null
  return (
    <Suspense>
      <WhichValue question={question} />
    </Suspense>
  )
}
