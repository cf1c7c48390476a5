import { fillSignIn } from './pages/outside'
import { expect, test } from './test'

/** The slug of a second business on the same server, owned by the same e-mail address with the same password. */
const SECOND = process.env.PATRON_SECOND

test.skip(!SECOND, 'there is one business only')

test('a second business has an address, a sign-in and customers of its own', async ({ page, workspace }) => {
  await page.goto(`/b/${SECOND}/customers`)
  await expect(page).toHaveURL(new RegExp(`/b/${SECOND}/sign-in`))
  await fillSignIn(page)
  await expect(page).toHaveURL(new RegExp(`/b/${SECOND}/customers$`))
  const family = `Second${Date.now()}`
  await expect(page.getByRole('button', { name: /^Folder: / })).toBeVisible()
  await workspace.create('Sara', family)
  await expect(page).toHaveURL(new RegExp(`/b/${SECOND}/customers/cus_`))
  await page.reload()
  await expect(workspace.name).toHaveValue(`Sara ${family}`)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(new RegExp(`/b/${SECOND}/settings`))

  // The first business asks for a sign-in of its own, and does not know her.
  const { slug } = await page.evaluate(() => fetch('/api/v1/session').then((r) => r.json()).then((s) => s.business))
  expect(slug).toBe(SECOND)
  await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }))
  await page.goto('/customers')
  await fillSignIn(page)
  await workspace.search.fill(family)
  await expect(page.getByText('Nobody fits')).toBeVisible()
})
