import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { api, ask } from '@/shared/api'
import { leaveForProvider } from '@/shared/provider'
import { businessOf } from '@/shared/session'
import { useEnter } from './entering'

/** Goes to the provider. */
export function useProvider(next: string | undefined) {
  const { basepath } = useRouter()
  const business = businessOf(basepath)
  return useMutation({
    mutationFn: async () => leaveForProvider((await ask(api.POST('/session/openid', { body: business ? { business } : {} }), true)).url, { basepath, ...(next ? { next } : {}) }),
    meta: { showsErrors: true },
  })
}

export interface ProviderAnswer {
  state: string
  code?: string
  iss?: string
  error?: string
}

/** Comes back from it. */
export function useProviderAnswer(next: string | undefined) {
  const enter = useEnter()
  return useMutation({
    mutationFn: (answer: ProviderAnswer) => ask(api.POST('/session/openid/answer', { body: answer }), true),
    onSuccess: (session) => enter(session, next),
    meta: { showsErrors: true },
  })
}
