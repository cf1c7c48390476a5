import type { Locator, Page } from '@playwright/test'
import { expect, test } from './test'

/** The mouse as a hand moves it: pressed, moved in small steps, let go. */
async function pickUp(page: Page, what: Locator) {
  const box = (await what.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 12, box.y + box.height / 2 + 8, { steps: 4 })
}

async function putDown(page: Page, where: Locator, part = 0.5) {
  const box = (await where.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * part, { steps: 8 })
  await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height * part, { steps: 2 })
  await page.mouse.up()
}

test('a customer is dragged onto a folder', async ({ page, workspace }) => {
  await workspace.open()
  const family = `Drag${Date.now()}`
  await workspace.create('Dora', family)
  await pickUp(page, workspace.rows.filter({ hasText: family }))
  const folders = page.getByRole('group', { name: 'Move to a folder' })
  await expect(folders).toBeVisible()
  const target = folders.locator('div:not([data-here])').last()
  const name = (await target.locator('span').textContent())!
  await putDown(page, target)
  await expect(folders).toBeHidden()
  const asked = page.getByRole('dialog', { name: `Move Dora ${family} to ${name}` })
  await expect(asked.getByText('The status New is not used there.')).toBeVisible()
  await asked.getByRole('button', { name: 'Move' }).click()
  await expect(page.getByRole('button', { name: `Folder: ${name}. Move to…` })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: `Folder: ${name}. Move to…` })).toBeVisible()
})

test('notes are put into another order with the mouse', async ({ page, workspace }) => {
  await workspace.open()
  await workspace.create('Nils', `Mouse${Date.now()}`)
  await page.getByRole('link', { name: /^Notes/ }).click()
  const cards = workspace.profile.getByRole('listitem')
  for (const text of ['first', 'second', 'third']) {
    await workspace.composer.fill(text)
    await workspace.composer.press('Control+Enter')
    await expect(cards.filter({ hasText: text })).toBeVisible()
  }
  const before = await cards.locator('p').allTextContents()
  await cards.first().hover()
  const kept = page.waitForResponse((r) => r.request().method() === 'PATCH' && r.url().includes('/notes/'))
  await pickUp(page, cards.first().locator('[draggable]'))
  await putDown(page, cards.nth(1), 0.85)
  await kept
  const after = [before[1]!, before[0]!, before[2]!]
  await expect(cards.locator('p')).toHaveText(after)
  await page.reload()
  await expect(cards.locator('p')).toHaveText(after)
})
