import type { Page } from '@playwright/test'
import { violations } from './axe'
import { fillSignIn, PASSWORD } from './pages/outside'
import { expect, test } from './test'

/** Ends this browser's session only. */
const signOut = (page: Page) => page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }).then((r) => r.status))

test.describe.configure({ mode: 'serial' })

test('signing out and in again', async ({ page, workspace }) => {
  await workspace.open()
  await page.getByRole('button', { name: /account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.getByLabel('E-mail').fill('nobody@nowhere.example')
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('wrong')
  await fillSignIn(page)
  await expect(workspace.rows.first()).toBeVisible()
})

test('a session that ended leads to the sign-in and back to where one was', async ({ page, workspace }) => {
  await workspace.open()
  await page.goto('/settings/appearance')
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible()
  await signOut(page)
  await page.getByRole('link', { name: 'Tags' }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await fillSignIn(page)
  await expect(page).toHaveURL(/\/settings\//)
})

test('another site’s address is no place to go to', async ({ page, workspace }) => {
  await workspace.open()
  await signOut(page)
  await page.goto('/sign-in?next=%2F%2Fevil.example%2F')
  await fillSignIn(page)
  await expect(workspace.rows.first()).toBeVisible()
  expect(new URL(page.url()).host).toBe(new URL(process.env.PATRON_URL ?? 'http://127.0.0.1:8090').host)
})

test('set-up and invitations say what is wrong with their links, and all of it is accessible', async ({ page, workspace }) => {
  await workspace.open()
  await signOut(page)
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.goto('/setup#token=used')
  await expect(page.getByRole('heading', { name: 'This Patron is set up' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.goto('/join')
  await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible()
  await page.goto('/join#token=no-such-token')
  await page.reload()
  await page.getByLabel('Password', { exact: true }).fill('a few words in a row')
  await page.getByRole('button', { name: 'Save and sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.goto('/sign-in')
  await fillSignIn(page, PASSWORD)
  await expect(workspace.rows.first()).toBeVisible()
})

test('another provider’s button leads there and back, by keyboard, and its refusal is told in words', async ({ page, workspace }) => {
  await workspace.open()
  await signOut(page)
  // The provider itself is played here; what the server makes of a real one is tested without a browser.
  await page.route('**/api/v1/session/ways*', (route) => route.fulfill({ json: { openid: 'Harbour ID' } }))
  await page.route('**/api/v1/session/openid', (route) => route.fulfill({ status: 201, json: { url: '/sign-in/openid?state=made-up&code=secret-code&iss=x', expires_at: '2026-01-01T00:00:00.000Z' } }))
  await page.goto('/sign-in?next=%2Fsettings%2Fprofile')
  const button = page.getByRole('button', { name: 'Continue with Harbour ID' })
  await expect(button).toBeVisible()
  expect(await violations(page)).toEqual([])
  const answered = page.waitForRequest('**/api/v1/session/openid/answer')
  await button.focus()
  await page.keyboard.press('Enter')
  expect((await answered).postDataJSON()).toEqual({ state: 'made-up', code: 'secret-code', iss: 'x' })
  await expect(page.getByRole('alert')).toContainText('begin again here')
  expect(page.url()).not.toContain('secret-code')
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Back to the sign-in' }).click()
  await fillSignIn(page)
  await expect(workspace.rows.first()).toBeVisible()
})

test('where the staff sign in is set up by an owner', async ({ page, workspace }) => {
  await workspace.open()
  await page.goto('/settings/sign-in')
  await page.getByLabel('Issuer').fill('http://127.0.0.1:9')
  await page.getByLabel('Client id').fill('patron')
  await page.getByLabel('Client secret').fill('not a real one')
  await page.getByLabel('Name on the button').fill('Harbour ID')
  await expect(page.getByText('Continue with Harbour ID')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Set up' }).click()
  await expect(page.getByText('only https at port 443 is')).toBeVisible()
})
