import { createFileRoute } from '@tanstack/react-router'
import { AuditPage } from '@/features/settings'
import { readAuditSearch } from '@/features/settings/loading'

export const Route = createFileRoute('/_app/settings/audit')({ validateSearch: readAuditSearch, component: AuditPage })
