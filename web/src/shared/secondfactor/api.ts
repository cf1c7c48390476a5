import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../api'
import { makePasskey } from '../passkeys'

export const secondFactorQuery = queryOptions({ queryKey: ['second_factor'], queryFn: () => ask(api.GET('/session/second_factor')) })

export const beginCodes = () => ask(api.POST('/session/second_factor'))

export const confirmCodes = (code: string) => ask(api.POST('/session/second_factor/confirmation', { body: { code } }))

/** Lets the device make a passkey and keeps it; the first second factor brings recovery codes. */
export async function addPasskey(name: string) {
  const made = await makePasskey(await ask(api.POST('/session/passkeys/challenge')))
  return ask(api.POST('/session/passkeys', { body: { name, ...made } }))
}
