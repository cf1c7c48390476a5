import { useQuery } from '@tanstack/react-query'
import { useCan, useSession } from '@/shared/session'
import { customerSummary } from '../api/queries'

/** What one may do with this customer: of an area a role may show less than of customers, and the summary leaves out what it does not show. */
export function useCanHere(id: string) {
  const can = useCan()
  const narrower = useSession()?.role.area_visibility ?? []
  const counts = useQuery({ ...customerSummary(id), enabled: narrower.length > 0 }).data?.counts
  return (right: string) => {
    const area = right.split('.')[0]!
    return can(right) && (!narrower.some((one) => one.area === area) || counts?.[area] !== undefined)
  }
}
