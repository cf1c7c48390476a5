/** Who is signed in: one person for the whole mock. PATRON_MOCK_SIGNED_OUT=1 begins outside, PATRON_MOCK_NEW=1 before the first run. */
import { invalid, page, Refusal, type Answer, type Call } from './http.ts'
import * as store from './store.ts'
import type { Device } from './records.ts'

let signedIn = process.env.PATRON_MOCK_SIGNED_OUT !== '1' && process.env.PATRON_MOCK_NEW !== '1'
let needed = process.env.PATRON_MOCK_NEW === '1'
const session = () => ({ user: store.me, role: store.roles[0], business: store.business, permissions: store.roles[0]!.permissions, kind: 'user', second_factor_missing: false })
const hoursAgo = (h: number) => new Date(Date.now() - h * 3_600_000).toISOString()

const devices: Device[] = [
  { id: store.newId('ses'), created_at: hoursAgo(30), last_seen_at: hoursAgo(0), address: '192.0.2.14', agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', current: true },
  { id: store.newId('ses'), created_at: hoursAgo(400), last_seen_at: hoursAgo(5), address: '2001:db8::7', agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1', current: false },
]

function checkPassword(password: unknown) {
  if (String(password ?? '').length < 12) throw invalid('/password', 'too_short', 'The password must have at least 12 characters; a few words in a row are easy to remember.')
}

function enter(): Answer {
  signedIn = true
  return [201, session()]
}

export function setup(call: Call): Answer {
  if (call.method === 'GET') return [200, { needed }]
  if (!needed) throw new Refusal(409, 'already_set_up', 'This business has been set up already; sign in instead.')
  if (call.body.token !== 'mock') throw new Refusal(403, 'link_void', 'This link has expired or is not the newest one; Patron prints a new one when it starts.', { errors: [{ pointer: '/token', code: 'link_void', message: 'The token does not hold any more.' }] })
  if (!String(call.body.owner_email).includes('.')) throw invalid('/owner_email', 'not_an_email', 'This is not an e-mail address')
  checkPassword(call.body.password)
  const { business_name, currency, country, time_zone, locale, owner_name, owner_email } = call.body as Record<string, string>
  Object.assign(store.business, { name: business_name, currency, country, time_zone, locale })
  Object.assign(store.me, { name: owner_name, email: owner_email })
  needed = false
  return enter()
}

const secondFactorNeeded = () =>
  new Refusal(401, 'second_factor_needed', 'So far it is right; now show your second factor.', {
    second_factor: { token: 'mock', kinds: ['code', 'recovery_code'], expires_at: new Date(Date.now() + 300_000).toISOString() },
  })

let codes = false
const recoveryCodes = () => Array.from({ length: 10 }, (_, i) => `7k2m-${1000 + i}-x9qv-h3td`)

function secondFactor(call: Call): Answer {
  if (call.method === 'GET') return [200, { codes, passkeys: 0, recovery_codes_left: codes ? 10 : 0, required: false }]
  if (call.method === 'DELETE') {
    codes = false
    return [204]
  }
  if (call.path[2] === 'recovery_codes') return [201, { recovery_codes: recoveryCodes() }]
  if (call.path[2] === 'confirmation') {
    if (call.body.code !== '123456') throw invalid('/code', 'wrong_code', 'This is not the code that the phone should show now; is its clock right?')
    codes = true
    return [200, { recovery_codes: recoveryCodes() }]
  }
  const rows = Array.from({ length: 33 }, (_, y) => Array.from({ length: 33 }, (_, x) => ((x * 7 + y * 13 + x * y) % 3 === 0 ? '1' : '0')).join(''))
  return [201, { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', url: 'otpauth://totp/Mock', qr: rows, expires_at: new Date(Date.now() + 900_000).toISOString() }]
}

export function sessions(call: Call): Answer {
  const below = call.path[1]
  if (call.path[0] === 'session' && call.method === 'POST' && !below) {
    if (call.body.password === 'second step please') throw secondFactorNeeded()
    if (call.body.password === 'wrong') throw new Refusal(401, 'sign_in_failed', 'The e-mail address or the password is wrong.')
    return enter()
  }
  if (below === 'reset') return [202]
  if (below === 'second_step') {
    if (call.body.code !== '123456' && !call.body.recovery_code) throw new Refusal(401, 'wrong_code', 'This code is wrong, or it was used already.')
    return enter()
  }
  if (below === 'invitation') {
    if (call.body.token !== 'mock') throw invalid('/token', 'link_void', 'This link was used already or has expired; ask for a new one.')
    checkPassword(call.body.password)
    return enter()
  }
  if (!signedIn) throw new Refusal(401, 'signed_out', 'Nobody is signed in')
  if (below === 'password') {
    if (call.body.current === 'wrong') throw invalid('/current', 'wrong_password', 'This is not your password.')
    checkPassword(call.body.password)
    return [204]
  }
  if (below === 'proof') return [200, { proven_until: new Date(Date.now() + 300_000).toISOString() }]
  if (below === 'second_factor') return secondFactor(call)
  if (below === 'passkeys') return [200, page([], call.query, (one) => one)]
  if (call.path[0] === 'sessions') {
    if (call.method === 'GET') return [200, page(devices, call.query, (d) => d)]
    devices.splice(devices.findIndex((d) => d.id === below), 1)
    return [204]
  }
  if (call.method === 'DELETE') signedIn = false
  return call.method === 'DELETE' ? [204] : [200, session()]
}

export function mustBeSignedIn() {
  if (!signedIn) throw new Refusal(401, 'signed_out', 'Nobody is signed in')
}
