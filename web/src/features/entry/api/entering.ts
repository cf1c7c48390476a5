import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api, ApiError, ask, type SecondFactorAsked, type Session } from '@/shared/api'
import { askForPasskey } from '@/shared/passkeys'
import { businessOf, sessionQuery } from '@/shared/session'
import { safeNext } from '../next'

export const setupNeeded = queryOptions({
  queryKey: ['setup'],
  queryFn: async () => (await ask(api.GET('/setup'), true)).needed,
  staleTime: 0,
  retry: false,
})

/** Keeps the new session and goes on to where the person wanted to be; nothing of an earlier person stays in memory. */
export function useEnter() {
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

/** What stands behind the password, when the refusal says that there is something. */
export function secondFactorAsked(error: unknown): SecondFactorAsked | undefined {
  return error instanceof ApiError && error.problem.code === 'second_factor_needed' ? error.problem.second_factor : undefined
}

export type SecondStep = { code: string } | { recovery_code: string } | { passkey: true }

export function useSecondStep(asked: SecondFactorAsked, next: string | undefined) {
  const enter = useEnter()
  return useMutation({
    mutationFn: async (what: SecondStep) => {
      const shown = 'passkey' in what ? { passkey: await askForPasskey(asked.passkey!) } : what
      return ask(api.POST('/session/second_step', { body: { token: asked.token, ...shown } }), true)
    },
    onSuccess: (session) => enter(session, next),
    meta: { showsErrors: true },
  })
}

export function usePasskeySignIn(next: string | undefined) {
  const enter = useEnter()
  const business = businessOf(useRouter().basepath)
  const where = business ? { business } : {}
  return useMutation({
    mutationFn: async () => {
      const passkey = await askForPasskey(await ask(api.POST('/session/passkey/challenge', { body: where }), true))
      return ask(api.POST('/session/passkey', { body: { passkey, ...where } }), true)
    },
    onSuccess: (session) => enter(session, next),
    meta: { showsErrors: true },
  })
}

export function useForgotten() {
  const business = businessOf(useRouter().basepath)
  return useMutation({
    mutationFn: (email: string) => ask(api.POST('/session/reset', { body: { email, ...(business ? { business } : {}) } }), true),
    meta: { showsErrors: true },
  })
}

export function useJoin() {
  const enter = useEnter()
  return useMutation({
    mutationFn: (what: { token: string; password: string }) => ask(api.POST('/session/invitation', { body: what }), true),
    onSuccess: (session) => enter(session),
    meta: { showsErrors: true },
  })
}
