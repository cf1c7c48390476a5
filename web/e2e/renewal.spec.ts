/** A tab that is older than the server: the files of before are gone. */
import { expect, test } from './test'

const GONE = '**/assets/reports-*.js'
const SHORTCUTS = '**/assets/Shortcuts-*.js'

test('a page whose files are gone is loaded anew, once', async ({ page, workspace }) => {
  await workspace.open()
  let documents = 0
  page.on('request', (request) => { documents += request.resourceType() === 'document' ? 1 : 0 })
  // Gone for as long as the page is the old one, however often it asks: on hovering, and again on the click.
  await page.route(GONE, (route) => (documents === 0 ? route.fulfill({ status: 404 }) : route.continue()))
  await page.getByRole('link', { name: 'Reports' }).click()
  await expect(page.getByRole('heading', { name: 'Reports' })).toBeVisible()
  expect(documents).toBe(1)
  await expect(page.getByText('Patron was updated')).toBeHidden()
})

test('what stays missing is said, and the page is not loaded again and again', async ({ page, workspace }) => {
  await workspace.open()
  await page.route(GONE, (route) => route.fulfill({ status: 404 }))
  let documents = 0
  page.on('request', (request) => { documents += request.resourceType() === 'document' ? 1 : 0 })
  await page.getByRole('link', { name: 'Reports' }).click()
  await expect(page.getByText('Patron was updated')).toBeVisible()
  await page.waitForTimeout(1_000)
  expect(documents).toBe(1)
})

test('nothing that is being typed is lost: a bar asks to reload', async ({ page, workspace }) => {
  await workspace.openFirst()
  await page.route(SHORTCUTS, (route) => route.fulfill({ status: 404 }))
  let documents = 0
  page.on('request', (request) => { documents += request.resourceType() === 'document' ? 1 : 0 })
  await workspace.composer.fill('Half a sentence')
  await workspace.profile.focus()
  await page.keyboard.press('?')
  await expect(page.getByText('Patron was updated')).toBeVisible()
  await expect(workspace.composer).toHaveValue('Half a sentence')
  expect(documents).toBe(0)
  await page.getByRole('button', { name: 'Reload', exact: true }).click()
  await expect(workspace.composer).toHaveValue('Half a sentence')
  await workspace.composer.fill('')
})
