import type { Page } from '@playwright/test'
import { expect, test } from './test'

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '')

async function tabTo(page: Page, label: string) {
  for (let i = 0; i < 60; i++) {
    const name = await page.evaluate(() => {
      const at = document.activeElement
      return at instanceof HTMLInputElement ? (at.ariaLabel ?? at.labels?.[0]?.textContent ?? '') : ''
    })
    if (name === label) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${label}`)
}

test('the whole job without a pointer', async ({ page, workspace }) => {
  await workspace.open()
  const family = `Keys${Date.now()}`

  await page.keyboard.press('n')
  await expect(page.getByLabel('First name')).toBeFocused()
  await page.keyboard.type('Kim')
  await page.keyboard.press('Tab')
  await page.keyboard.type(family)
  await page.keyboard.press('Enter')
  await expect(workspace.name).toHaveValue(`Kim ${family}`)

  // Find: the arrow opens from the search box, Enter goes to the customer.
  await page.keyboard.press('/')
  await expect(workspace.search).toBeFocused()
  await page.keyboard.type(family)
  await expect(workspace.rows).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(workspace.profile).toBeFocused()

  // Edit a field.
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page.getByLabel('Company', { exact: true })).toBeVisible()
  await tabTo(page, 'Company')
  await page.keyboard.type('Keyboard & Co')
  await page.keyboard.press('Enter')
  await expect(workspace.profile.getByRole('banner').or(workspace.profile.locator('header')).getByText('Keyboard & Co').first()).toBeVisible()

  // Write a note.
  await page.keyboard.press('c')
  await expect(workspace.composer).toBeFocused()
  await page.keyboard.type('Rings in the morning')
  await page.keyboard.press('Control+Enter')
  await expect(workspace.profile.getByRole('listitem').filter({ hasText: 'Rings in the morning' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(workspace.profile).toBeFocused()

  // Tag; the focus comes back to where it was.
  await page.keyboard.press('l')
  await expect(page.getByRole('combobox', { name: 'Tag' })).toBeFocused()
  await page.keyboard.type('VIP')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove tag VIP' })).toBeVisible()
  await expect.poll(() => focused(page)).toBe('Add a tag')

  // Move.
  await page.keyboard.press('m')
  const folders = page.getByRole('menu')
  await expect(folders).toBeVisible()
  // It is there before it has the focus, on a slow machine by more than a key.
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="menu"]') !== null)).toBe(true)
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowUp')
  await expect(folders.locator('[role^="menuitem"]').nth(-2)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(folders).toBeHidden()
  // The folder has statuses of its own: what that changes is said first.
  await expect(page.getByRole('dialog', { name: `Move Kim ${family}` }).getByRole('button', { name: 'Move' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toMatch(/^Folder: /)

  // The next customer, with the search taken away.
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await expect(workspace.rows.nth(1)).toBeVisible()
  await page.keyboard.press('Escape')
  const here = page.url()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(here)
})

test('dialogs give the focus back to what opened them', async ({ page, workspace }) => {
  await workspace.openFirst()
  const opener = page.getByRole('button', { name: 'New', exact: true })
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New customer' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(opener).toBeFocused()

  const more = page.getByRole('button', { name: 'More', exact: true })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
})
