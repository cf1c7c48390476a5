import { createFileRoute } from '@tanstack/react-router'
import { StaffPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/staff')({ component: StaffPage })
