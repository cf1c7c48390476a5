import { queryOptions } from '@tanstack/react-query'
import { api, ask, ifMatch, type Device, type User } from '@/shared/api'

export const invite = (user: User) => ask(api.POST('/users/{id}/invitation', { params: { path: { id: user.id } } }))

export const inviteByMail = (user: User) => ask(api.POST('/users/{id}/invitation/mail', { params: { path: { id: user.id } } }))

export const removeSecondFactorOf = (user: User) => ask(api.DELETE('/users/{id}/second_factor', { params: { path: { id: user.id } } }))

export const unlinkIdentitiesOf = (user: User) => ask(api.DELETE('/users/{id}/identities', { params: { path: { id: user.id } } }))

export const changeUser = (user: User, change: Partial<User>) =>
  ask<User>(api.PATCH('/users/{id}', { params: { path: { id: user.id } }, body: change, headers: ifMatch(user.version) }))

export const changePassword = (what: { current: string; password: string }) => ask(api.POST('/session/password', { body: what }))

export const devicesQuery = queryOptions({ queryKey: ['sessions'], queryFn: async () => (await ask(api.GET('/sessions', { params: { query: { limit: '200' } } }))).data })

export const endDevice = (device: Device) => ask(api.DELETE('/sessions/{id}', { params: { path: { id: device.id } } }))
