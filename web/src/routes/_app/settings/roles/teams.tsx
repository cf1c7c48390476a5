import { createFileRoute } from '@tanstack/react-router'
import { TeamsPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/roles/teams')({ component: TeamsPage })
