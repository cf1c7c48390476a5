import type { components } from '@/schema'
import { t } from '../i18n'

type Schemas = components['schemas']
type Question = Schemas['PasskeyQuestion']

const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
const text = (buffer: ArrayBuffer) => btoa(Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const known = (ids: string[]) => ids.map((id) => ({ type: 'public-key' as const, id: bytes(id) }))

/** Passkeys belong to a host name: at a bare address no browser makes any. */
export const passkeysWork = () =>
  typeof PublicKeyCredential === 'function' && !/^[\d.]+$|^\[/.test(location.hostname)

/** What a browser throws says little to people. */
function inWords(error: unknown): Error {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'InvalidStateError') return new Error(t('This device has a passkey for you already.'))
  if (name === 'NotAllowedError' || name === 'AbortError') return new Error(t('Nothing was chosen, or it took too long.'))
  return new Error(t('This device could not use a passkey here.'))
}

/** Lets the device make a passkey. */
export async function makePasskey(question: Schemas['NewPasskeyQuestion']): Promise<{ client_data: string; attestation: string }> {
  const made = await navigator.credentials
    .create({
      publicKey: {
        challenge: bytes(question.challenge),
        rp: { id: question.host, name: question.business },
        user: { id: bytes(question.user_handle), name: question.user_name, displayName: question.display_name },
        pubKeyCredParams: question.algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
        excludeCredentials: known(question.known),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
      },
    })
    .catch((error: unknown) => Promise.reject(inWords(error)))
  const response = (made as PublicKeyCredential).response as AuthenticatorAttestationResponse
  return { client_data: text(response.clientDataJSON), attestation: text(response.attestationObject) }
}

/** Lets the device answer with one. */
export async function askForPasskey(question: Question): Promise<Schemas['PasskeyAnswer']> {
  const given = await navigator.credentials
    .get({ publicKey: { challenge: bytes(question.challenge), rpId: question.host, allowCredentials: known(question.known), userVerification: 'required' } })
    .catch((error: unknown) => Promise.reject(inWords(error)))
  const { rawId, response } = given as PublicKeyCredential & { response: AuthenticatorAssertionResponse }
  return {
    id: text(rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
    user_handle: response.userHandle ? text(response.userHandle) : null,
  }
}
