import { createFileRoute } from '@tanstack/react-router'
import { NotFound } from '@/app/NotFound'
import { SettingsLayout } from '@/features/settings'

export const Route = createFileRoute('/_app/settings')({ component: SettingsLayout, notFoundComponent: () => <NotFound /> })
