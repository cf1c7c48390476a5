import { createFileRoute } from '@tanstack/react-router'
import { RolePage } from '@/features/settings'

export const Route = createFileRoute('/_app/settings/roles/$roleId')({ component: Role })

function Role() {
  const { roleId } = Route.useParams()
  return <RolePage id={roleId} />
}
