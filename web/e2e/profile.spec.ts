import { expect, test } from './test'

test('a field is saved on blur and Esc restores', async ({ page, workspace }) => {
  await workspace.open()
  await workspace.create('Edith', `Field${Date.now()}`)
  await page.getByRole('link', { name: 'Profile' }).click()
  const company = page.getByLabel('Company', { exact: true })
  await company.fill('Lumen Studio')
  await company.blur()
  await page.reload()
  await expect(company).toHaveValue('Lumen Studio')
  await company.fill('Something else')
  await company.press('Escape')
  await expect(company).toHaveValue('Lumen Studio')
})

test('a refused value says so at its field and stays as typed', async ({ page, workspace }) => {
  await workspace.open()
  await workspace.create('Rita', `Refused${Date.now()}`)
  await page.getByRole('link', { name: 'Profile' }).click()
  await page.getByRole('button', { name: 'Add an e-mail' }).click()
  const email = page.getByLabel('E-mails 1')
  await email.fill('no address')
  await email.blur()
  await expect(email).toHaveAttribute('aria-invalid', 'true')
  await expect(email).toHaveValue('no address')
  await email.fill('rita@mail.example')
  await email.blur()
  await expect(page.getByRole('button', { name: 'Remove rita@mail.example' })).toBeVisible()
})

test('two people on one field see both values', async ({ page, workspace }) => {
  await workspace.open()
  const id = await workspace.create('Carla', `Conflict${Date.now()}`)
  await page.getByRole('link', { name: 'Profile' }).click()
  const source = page.getByLabel('Source', { exact: true })
  await source.focus()
  // Fetched by the page itself, as a colleague's browser would: the server asks for the same origin.
  await page.evaluate(
    (customer) => fetch(`/api/v1/customers/${customer}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"source":"Trade fair"}' }),
    id,
  )
  await source.fill('Website')
  await source.blur()
  const dialog = page.getByRole('dialog', { name: /Someone changed this/ })
  await expect(dialog.getByRole('cell', { name: 'Trade fair' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Use mine' }).click()
  await expect(source).toHaveValue('Website')
})

test('deleting moves to the bin and can be undone', async ({ page, workspace }) => {
  await workspace.open()
  const family = `Bin${Date.now()}`
  await workspace.create('Bella', family)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Move to the bin' }).click()
  await expect(page.getByText(`Bella ${family} is in the bin`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(workspace.rows.filter({ hasText: family })).toBeVisible()
})
