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

export type Identity = components['schemas']['Identity']

export const identitiesQuery = queryOptions({ queryKey: ['identities'], queryFn: async () => (await ask(api.GET('/session/identities'))).data })

export const removeIdentity = (identity: Identity) => ask(api.DELETE('/session/identities/{id}', { params: { path: { id: identity.id } } }))

export type Provider = components['schemas']['OpenIdProvider']
export type ProviderDraft = components['schemas']['OpenIdSetupDraft']

export const providersQuery = queryOptions({ queryKey: ['openid_providers'], queryFn: async () => (await ask(api.GET('/openid_providers'))).data })

export const setUpProvider = (draft: ProviderDraft) => ask(api.POST('/openid_providers', { body: draft }))

export const changeProvider = (provider: Provider, change: Partial<ProviderDraft>) =>
  ask(api.PATCH('/openid_providers/{id}', { params: { path: { id: provider.id } }, body: change, headers: ifMatch(provider.version) }))

export const removeProvider = (provider: Provider) => ask(api.DELETE('/openid_providers/{id}', { params: { path: { id: provider.id } } }))

export const checkProvider = (provider: Provider) => ask(api.POST('/openid_providers/{id}/check', { params: { path: { id: provider.id } } }))
