import { createFileRoute } from '@tanstack/react-router'
import { Join } from '@/features/entry'

export const Route = createFileRoute('/join')({ component: Join })
