import { violations } from './axe'
import { expect, test } from './test'

test.setTimeout(90_000)

test('a list is tried out, imported, and taken back', async ({ page, workspace }) => {
  await workspace.open()
  const mark = `zq${Date.now()}`
  const csv = `First Name;Last Name;E-mail;City\r\nAna;${mark};ana.${mark}@mail.example;"São ""Paulo"""\r\nBea;${mark};broken;Lisbon\r\n`
  await page.getByRole('button', { name: 'More for this list' }).click()
  await page.getByRole('menuitem', { name: 'Import customers…' }).click()
  await expect(page.getByRole('heading', { name: 'Drop a CSV file here' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('CSV file').setInputFiles({ name: `${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByLabel('Where Last Name goes')).toHaveValue('family_name')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Try it out' }).click()
  await expect(page.getByRole('tab', { name: /^1 would be created/ })).toBeVisible()
  await expect(page.getByRole('tab', { name: /^1 would fail/ })).toBeVisible()
  await expect(page.getByRole('tabpanel')).toContainText('broken')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Back to the columns' }).click()
  await page.getByLabel('Where City goes').selectOption('-')
  await page.getByRole('button', { name: 'Try it out' }).click()
  await page.getByRole('button', { name: 'Import 1 customer', exact: true }).click()
  await expect(page.getByRole('link', { name: 'See the customers' })).toBeVisible()
  const failed = await page.request.get((await page.getByRole('link', { name: 'Failed rows' }).getAttribute('href'))!)
  if (process.env.PATRON_EMAIL) expect(await failed.text()).toContain('broken')
  await page.getByRole('tab', { name: /created/ }).click()
  await expect(page.getByRole('tabpanel')).toContainText(mark)
  await page.getByRole('button', { name: 'Take it back…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('This import was taken back')).toBeVisible()
  await page.goto('/imports')
  await expect(page.getByRole('link', { name: new RegExp(mark) })).toContainText('Taken back')
})

test('the API’s reference shows every route and finds one', async ({ page, workspace }) => {
  await workspace.signIn()
  await page.goto('/api/docs')
  await expect(page.getByRole('heading', { name: 'Notes', exact: true })).toBeVisible()
  await page.getByLabel('Search the API').fill('post notes')
  await expect(page.getByRole('heading', { name: 'POST /api/v1/notes', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: /healthz/ })).toBeHidden()
  expect(await violations(page)).toEqual([])
})

test('colleagues come in from a list', async ({ page, workspace }) => {
  test.skip(!process.env.PATRON_EMAIL, 'the mock imports customers only')
  await workspace.signIn()
  await page.goto('/settings/staff')
  await page.getByRole('link', { name: 'Import a list' }).click()
  await expect(page.getByRole('heading', { name: 'Import staff' })).toBeVisible()
  const mark = `zs${Date.now()}`
  const csv = `Name;E-mail\nIda ${mark};ida.${mark}@mail.example\nNobody ${mark};\n`
  await page.getByLabel('CSV file').setInputFiles({ name: `${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(page.getByLabel('Where E-mail goes')).toHaveValue('email')
  await expect(page.getByLabel('New customers go into')).toBeHidden()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Try it out' }).click()
  await expect(page.getByRole('tab', { name: /^1 would fail/ })).toBeVisible()
  await page.getByRole('button', { name: 'Import 1 colleague', exact: true }).click()
  await page.getByRole('link', { name: 'See the staff and invite them' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: `Ida ${mark}` })).toBeVisible()
})
