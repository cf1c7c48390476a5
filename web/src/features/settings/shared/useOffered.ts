import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api, ask } from '@/shared/api'
import { businessOf, useSession } from '@/shared/session'

/** The name of the provider at which staff can sign in, where there is one. */
export function useOffered(): string | undefined {
  const { basepath } = useRouter()
  const session = useSession()
  const business = businessOf(basepath) ?? session?.business.slug
  return (
    useQuery({
      queryKey: ['ways', business ?? ''],
      queryFn: () => ask(api.GET('/session/ways', { params: { query: business ? { business } : {} } })),
    }).data?.openid ?? undefined
  )
}
