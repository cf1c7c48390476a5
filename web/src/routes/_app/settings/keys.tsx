import { createFileRoute } from '@tanstack/react-router'
import { KeysPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/keys')({ component: KeysPage })
