import { createFileRoute } from '@tanstack/react-router'
import { SegmentsPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/segments/')({ component: SegmentsPage })
