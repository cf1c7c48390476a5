import { queryOptions } from '@tanstack/react-query'
import type { components } from '@/schema'
import { api, ask, ifMatch } from '@/shared/api'

export type Passkey = components['schemas']['Passkey']

export const removeCodes = () => ask(api.DELETE('/session/second_factor'))

export const makeRecoveryCodes = () => ask(api.POST('/session/second_factor/recovery_codes'))

export const passkeysQuery = queryOptions({ queryKey: ['passkeys'], queryFn: async () => (await ask(api.GET('/session/passkeys'))).data })

export const renamePasskey = (passkey: Passkey, name: string) =>
  ask(api.PATCH('/session/passkeys/{id}', { params: { path: { id: passkey.id } }, body: { name }, headers: ifMatch(passkey.version) }))

export const removePasskey = (passkey: Passkey) => ask(api.DELETE('/session/passkeys/{id}', { params: { path: { id: passkey.id } } }))
