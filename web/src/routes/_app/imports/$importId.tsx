import { createFileRoute } from '@tanstack/react-router'
import { ImportPage } from '@/features/imports'

export const Route = createFileRoute('/_app/imports/$importId')({ component: Page })

function Page() {
  const { importId } = Route.useParams()
  return <ImportPage key={importId} id={importId} />
}
