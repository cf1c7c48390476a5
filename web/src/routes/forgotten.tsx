import { createFileRoute } from '@tanstack/react-router'
import { Forgotten } from '@/features/entry'

export const Route = createFileRoute('/forgotten')({ component: Forgotten })
