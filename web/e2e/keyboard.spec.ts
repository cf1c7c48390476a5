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
