import { createFileRoute } from '@tanstack/react-router'
import { ProviderReturn } from '@/features/entry'

/** The address that is registered with the provider. */
export const Route = createFileRoute('/sign-in_/openid')({ component: ProviderReturn })
