import { createFileRoute } from '@tanstack/react-router'
import { ReportsPage } from '@/features/reports'

export const Route = createFileRoute('/_app/reports')({
  validateSearch: (raw: Record<string, unknown>): { filter?: string } => (typeof raw.filter === 'string' ? { filter: raw.filter } : {}),
  component: ReportsPage,
})
