import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api, ask, type Session } from '@/shared/api'
import { businessOf, sessionQuery } from '@/shared/session'
import { safeNext } from '../next'

export const setupNeeded = queryOptions({
  queryKey: ['setup'],
  queryFn: async () => (await ask(api.GET('/setup'), true)).needed,
  staleTime: 0,
  retry: false,
})

/** Keeps the new session and goes on to where the person wanted to be; nothing of an earlier person stays in memory. */
function useEnter() {
  const client = useQueryClient()
  const router = useRouter()
  return (session: Session, next?: string) => {
    client.clear()
    client.setQueryData(sessionQuery.queryKey, session)
    router.history.replace(router.basepath.replace(/\/$/, '') + safeNext(next))
  }
}

export function useSignIn(next: string | undefined) {
  const enter = useEnter()
  const business = businessOf(useRouter().basepath)
  return useMutation({
    mutationFn: (who: { email: string; password: string }) => ask(api.POST('/session', { body: { ...who, ...(business ? { business } : {}) } }), true),
    onSuccess: (session) => enter(session, next),
    meta: { showsErrors: true },
  })
}

export function useSetUp() {
  const enter = useEnter()
  return useMutation({
    mutationFn: (what: Parameters<typeof send>[0]) => send(what),
    onSuccess: (session) => enter(session),
    meta: { showsErrors: true },
  })
}

const send = (what: { token: string; business_name: string; currency: string; country: string; time_zone: string; locale: string; owner_name: string; owner_email: string; password: string }) =>
  ask(api.POST('/setup', { body: what }), true)

export function useJoin() {
  const enter = useEnter()
  return useMutation({
    mutationFn: (what: { token: string; password: string }) => ask(api.POST('/session/invitation', { body: what }), true),
    onSuccess: (session) => enter(session),
    meta: { showsErrors: true },
  })
}
