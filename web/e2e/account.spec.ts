import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { violations } from './axe'
import { PASSWORD } from './pages/outside'
import type { WorkspacePage } from './pages/workspace'
import { expect, test } from './test'

/** What the app on the phone shows; Debian's oathtool stands for it. */
const codeOf = (secret: string, seconds = 0) =>
  execFileSync('oathtool', ['--totp', '--base32', '--now', `${new Date(Date.now() + seconds * 1000).toISOString().replace('T', ' ').slice(0, 19)} UTC`, secret.replaceAll(' ', '')], { encoding: 'utf8' }).trim()

const signOut = (page: Page) => page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }).then((r) => r.status))
const stepUp = {
  status: 403,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: '/problems/step_up_needed', title: 'Forbidden', status: 403, code: 'step_up_needed', detail: 'Show first that it is you.' }),
}
const part = (page: Page, name: string) => page.getByRole('region', { name })

const real = !!process.env.PATRON_PASSWORD
const password = 'seven tall lighthouses'

/** Signs in as somebody new, so that no other test is signed out or locked out by what is tried here. */
async function join(page: Page, workspace: WorkspacePage): Promise<string> {
  await workspace.signIn()
  await page.goto('/settings/profile')
  const email = `account.${Date.now()}@example.com`
  await page.evaluate(
    async ({ email, password }) => {
      const answer = async (response: Promise<Response>) => {
        const received = await response
        if (!received.ok) throw new Error(await received.text())
        return received.json()
      }
      const post = (path: string, body: object) => answer(fetch(`/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))
      const role = (await answer(fetch('/api/v1/roles'))).data.find((one: { key: string }) => one.key === 'staff')
      const user = await post('/users', { name: `Zoe Account ${Date.now()}`, email, role_id: role.id })
      const { url } = await post(`/users/${user.id}/invitation`, {})
      await post('/session/invitation', { token: url.split('#token=')[1], password })
    },
    { email, password },
  )
  await page.goto('/settings/profile')
  return email
}

async function signIn(page: Page, email: string) {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test.describe.configure({ mode: 'serial' })
test.setTimeout(150_000)

test('a forgotten password is asked for by mail', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten the password?' }).click()
  await expect(page.getByRole('heading', { name: 'Forgotten the password?' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('E-mail').fill('nobody@nowhere.example')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('codes from a phone, and a recovery code when it is lost', async ({ page, workspace }) => {
  test.skip(!real, 'needs a server that reckons codes')
  const email = await join(page, workspace)
  const card = part(page, 'Second factor')
  await card.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: /Picture to scan/ })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await dialog.getByText('It cannot be scanned').click()
  const secret = (await dialog.locator('code').innerText()).trim()
  await dialog.getByLabel(/six digits/).fill('000000')
  await dialog.getByRole('button', { name: 'Turn it on' }).click()
  await expect(dialog.getByText(/is its clock right/)).toBeVisible()
  await dialog.getByLabel(/six digits/).fill(codeOf(secret))
  await dialog.getByRole('button', { name: 'Turn it on' }).click()
  const kept = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(kept).toHaveCount(10)
  const recovery = await kept.first().innerText()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(card.getByText('On', { exact: true })).toBeVisible()

  await signOut(page)
  await signIn(page, email)
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 30))
  await page.keyboard.press('Enter')
  await expect(workspace.rows.first()).toBeVisible()

  await signOut(page)
  await signIn(page, email)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(recovery)
  await page.keyboard.press('Enter')
  await expect(workspace.rows.first()).toBeVisible()
  await page.goto('/settings/profile')
  await expect(card.getByText('9 of 10 left')).toBeVisible()
  await card.getByRole('button', { name: 'Turn off' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click()
  await expect(card.getByText('Not set up')).toBeVisible()
})

test.describe('on the machine itself', () => {
  // Passkeys belong to a host name: without a public URL that is localhost.
  test.use({ baseURL: process.env.PATRON_URL?.replace('127.0.0.1', 'localhost') })

  test('a passkey is made, signs in by itself, stands behind the password, proves who it is, and goes', async ({ page, workspace }) => {
    test.skip(!real, 'needs a server that checks passkeys')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    })
    const email = await join(page, workspace)
    const card = part(page, 'Passkeys')
    await card.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Virtual key')
    await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click()
    await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await expect(card.getByRole('textbox', { name: 'Name of the passkey' })).toHaveValue('Virtual key')
    expect(await violations(page)).toEqual([])

    await signOut(page)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await expect(workspace.rows.first()).toBeVisible()

    await signOut(page)
    await signIn(page, email)
    await page.getByRole('button', { name: 'Use the passkey' }).click()
    await expect(workspace.rows.first()).toBeVisible()

    await page.goto('/settings/profile')
    // As if signing in were long since: the server says so once.
    let asked = 0
    await page.route('**/api/v1/session/passkeys/*', async (route) => {
      if (route.request().method() !== 'DELETE' || asked++ > 0) return route.fallback()
      await route.fulfill(stepUp)
    })
    await card.getByRole('button', { name: 'Remove Virtual key' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog', { name: 'Is it really you?' }).getByRole('button', { name: 'Use the passkey' }).click()
    await expect(card.getByRole('textbox')).toHaveCount(0)
    expect(asked).toBe(2)
  })
})

test('what matters asks who it is, and goes on then', async ({ page, workspace }) => {
  await workspace.signIn()
  await page.goto('/settings/keys')
  // As if it were long since: the server says so once.
  let asked = 0
  await page.route('**/api/v1/keys', async (route) => {
    if (route.request().method() !== 'POST' || asked++ > 0) return route.fallback()
    await route.fulfill(stepUp)
  })
  const name = `Proven ${Date.now()}`
  await page.getByRole('button', { name: 'Make a key' }).first().click()
  await page.getByLabel('What is it for?').fill(name)
  await page.getByRole('button', { name: 'Make the key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Is it really you?' })
  await expect(dialog).toBeVisible()
  expect(await violations(page)).toEqual([])
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue(/^pk_/)
  expect(asked).toBe(2)
})
