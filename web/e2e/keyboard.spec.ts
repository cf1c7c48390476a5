import { expect, test } from './test'

test('the palette finds actions and customers', async ({ page, workspace }) => {
  await workspace.openFirst()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: 'Search customers and actions' })
  await palette.fill('go to notes')
  await palette.press('Enter')
  await expect(page).toHaveURL(/\/notes/)
})

test('the shortcut sheet lists every key', async ({ page, workspace }) => {
  await workspace.openFirst()
  await workspace.profile.focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Write a note')).toBeVisible()
})

test('sections open by their keys', async ({ page, workspace }) => {
  await workspace.openFirst()
  await workspace.profile.focus()
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\/profile/)
})

test('what is typed right after the key goes into the palette, and is no key of the page', async ({ page, workspace }) => {
  await workspace.open()
  await page.keyboard.press('Control+k')
  // Of these, x selects and n makes a new customer.
  await page.keyboard.type('xnote')
  await expect(page.getByRole('combobox', { name: 'Search customers and actions' })).toHaveValue('xnote')
  await expect(page.getByRole('dialog')).toHaveCount(1)
})
