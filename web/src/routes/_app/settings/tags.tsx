import { createFileRoute } from '@tanstack/react-router'
import { TagsPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/tags')({ component: TagsPage })
