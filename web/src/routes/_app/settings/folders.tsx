import { createFileRoute } from '@tanstack/react-router'
import { FoldersPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/folders')({ component: FoldersPage })
