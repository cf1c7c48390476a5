import { createFileRoute } from '@tanstack/react-router'
import { SignInPage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/sign-in')({ component: SignInPage })
