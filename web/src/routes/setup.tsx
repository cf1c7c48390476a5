import { createFileRoute } from '@tanstack/react-router'
import { SetUp } from '@/features/entry'

export const Route = createFileRoute('/setup')({ component: SetUp })
