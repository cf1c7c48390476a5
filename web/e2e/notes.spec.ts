import { expect, test } from './test'

test('a note is written with Ctrl+Enter and stands on the timeline', async ({ workspace }) => {
  await workspace.open()
  await workspace.create('Nora', `Note${Date.now()}`)
  await workspace.composer.fill('Prefers **mornings**')
  await workspace.composer.press('Control+Enter')
  await expect(workspace.profile.getByText('mornings')).toBeVisible()
  await expect(workspace.composer).toHaveValue('')
})

test('notes are reordered by keyboard and keep their order', async ({ page, workspace }) => {
  await workspace.open()
  await workspace.create('Olga', `Order${Date.now()}`)
  await page.getByRole('link', { name: /^Notes/ }).click()
  for (const text of ['first', 'second']) {
    await workspace.composer.fill(text)
    await workspace.composer.press('Control+Enter')
    await expect(workspace.profile.getByRole('listitem').filter({ hasText: text })).toBeVisible()
  }
  const cards = workspace.profile.getByRole('listitem')
  const before = await cards.locator('p').allTextContents()
  await cards.first().focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(cards.first()).toContainText(before[1]!)
  await page.reload()
  await expect(cards.first()).toContainText(before[1]!)
})

test('a colleague’s change arrives without a reload', async ({ workspace, context }) => {
  await workspace.open()
  const id = await workspace.create('Lena', `Live${Date.now()}`)
  const colleague = await context.newPage()
  await colleague.goto(`/customers/${id}/timeline`)
  await expect(colleague.getByRole('textbox', { name: 'Write a note' })).toBeVisible()
  await workspace.name.fill('Lena Renamed')
  await workspace.name.press('Enter')
  await expect(colleague.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Lena Renamed', { timeout: 3_000 })
})
