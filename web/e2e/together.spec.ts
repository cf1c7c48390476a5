import { colleagueOf } from './pages/colleague'
import { expect, test } from './test'

test.skip(!process.env.PATRON_EMAIL, 'the mock knows one person only')

test('two people meet on a customer: seen at once, told apart, nothing overwritten', async ({ page, workspace, browser, baseURL }) => {
  await workspace.open()
  const id = await workspace.create('Carla', `Shared${Date.now()}`)
  const { who, workspace: theirs, leave } = await colleagueOf(page, browser, baseURL!)
  await theirs.page.goto(`/customers/${id}/profile`)

  // Each sees that the other is here.
  await expect(page.getByRole('img', { name: `${who.name} is looking too` })).toBeVisible()

  // What one changes the other sees without a reload; how fast is said, since a busy machine's clock judges nobody.
  const name = `Carla Renamed${Date.now()}`
  const saved = page.waitForResponse((r) => r.request().method() === 'PATCH' && r.ok())
  await workspace.name.fill(name)
  await workspace.name.press('Enter')
  await saved
  const since = Date.now()
  await expect(theirs.name).toHaveValue(name)
  console.info(`a colleague's change was there after ${Date.now() - since} ms`)
  await expect(theirs.rows.filter({ hasText: name })).toBeVisible()

  // Both write into one field. Who saves second sees both values and chooses.
  await page.getByRole('link', { name: 'Profile' }).click()
  const mine = page.getByLabel('Source', { exact: true })
  const other = theirs.page.getByLabel('Source', { exact: true })
  await mine.focus()
  await mine.fill('Website')
  await other.fill('Trade fair')
  await other.press('Enter')
  await expect(theirs.page.getByLabel('Source', { exact: true })).toHaveValue('Trade fair')
  await expect(mine).toHaveValue('Website')
  await mine.blur()
  const dialog = page.getByRole('dialog', { name: /Someone changed this/ })
  await expect(dialog.getByRole('cell', { name: 'Website' })).toBeVisible()
  await expect(dialog.getByRole('cell', { name: 'Trade fair' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Keep theirs' }).click()
  await expect(mine).toHaveValue('Trade fair')
  await leave()
})
