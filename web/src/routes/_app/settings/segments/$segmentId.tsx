import { createFileRoute } from '@tanstack/react-router'
import { SegmentPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/segments/$segmentId')({ component: Page })

function Page() {
  const { segmentId } = Route.useParams()
  return <SegmentPage key={segmentId} id={segmentId} />
}
