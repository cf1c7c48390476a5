import { violations } from './axe'
import { send } from './pages/finding'
import { expect, test } from './test'

const PAGES = ['business', 'staff', 'roles', 'roles/teams', 'folders', 'fields', 'tags', 'segments', 'keys', 'audit', 'profile', 'appearance']

test.setTimeout(120_000)

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    test('no page of the settings has accessibility violations', async ({ page, workspace }) => {
      await workspace.signIn()
      for (const name of PAGES) {
        await page.goto(`/settings/${name}`)
        await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible()
        await page.waitForTimeout(300)
        expect(await violations(page), name).toEqual([])
      }
    })
  })
}

test('a folder gets statuses; a folder that is not empty stays', async ({ page, workspace }) => {
  await workspace.signIn()
  await page.goto('/settings/folders')
  const name = `Warranty ${Date.now()}`
  await page.getByRole('textbox', { name: 'New folder' }).fill(name)
  await page.getByRole('textbox', { name: 'New folder' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name of the folder' })).toHaveValue(name)
  const statuses = page.getByRole('textbox', { name: 'Name of the status' })
  for (const status of ['Open', 'Repaired']) {
    await page.getByRole('textbox', { name: 'New status' }).fill(status)
    await page.getByRole('textbox', { name: 'New status' }).press('Enter')
    await expect(statuses.last()).toHaveValue(status)
  }
  await page.getByRole('button', { name: 'Move Repaired up' }).click()
  await expect(statuses.first()).toHaveValue('Repaired')
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Add a folder in it' }).click()
  await page.getByRole('textbox', { name: /^New folder in/ }).fill('Inside')
  await page.getByRole('textbox', { name: /^New folder in/ }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name of the folder' })).toHaveValue('Inside')
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await page.getByRole('button', { name: 'Delete the folder' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the folder' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(/folders? in it/)
})

test('a folder has the same number in the menu and in the settings, and says what is below it', async ({ page, workspace }) => {
  await workspace.open()
  const name = `Counted ${Date.now()}`
  const outer = await send(page, 'POST', '/folders', { name, stage: 'lead' })
  const inner = await send(page, 'POST', '/folders', { name: `${name} inside`, stage: 'lead', parent_id: outer.id })
  for (const folder of [outer, inner, inner]) await send(page, 'POST', '/customers', { kind: 'person', family_name: name, folder_id: folder.id })
  await page.reload()
  await page.getByRole('button', { name: /^Folder:/ }).click()
  await expect(page.getByRole('menuitem', { name: `${name} 3` })).toBeVisible()
  await page.goto('/settings/folders')
  await page.getByRole('button', { name: `${name} 3`, exact: true }).click()
  await expect(page.getByRole('region', { name: `Folder ${name}` })).toContainText('3 customers are in it. 1 directly, 2 in the folders below it.')
  await page.goto('/reports')
  const report = page.getByRole('region', { name: 'By folder' })
  await expect(report).toContainText('Each folder without those below it')
})

test('a choice field with options appears in the profile', async ({ page, workspace }) => {
  await workspace.signIn()
  await page.goto('/settings/fields')
  const label = `Boiler ${Date.now()}`
  await page.getByRole('button', { name: 'Add a field' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Label').fill(label)
  await dialog.getByLabel('Type').selectOption('choice')
  await dialog.getByRole('button', { name: 'Add an option' }).click()
  await dialog.getByLabel('Option 1', { exact: true }).fill('Gas')
  await dialog.getByLabel('Option 1', { exact: true }).press('Enter')
  await dialog.getByLabel('Option 2', { exact: true }).fill('Oil')
  await dialog.getByRole('button', { name: 'Add the field' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: label })).toBeVisible()
  await page.goto('/customers')
  await workspace.rows.first().click()
  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(page.getByText(label)).toBeVisible()
})

test('a folder requires a field, and whoever makes a customer there is asked for it', async ({ page, workspace }) => {
  await workspace.signIn()
  const now = Date.now()
  const label = `Meter ${now}`
  await page.goto('/settings/fields')
  await page.getByRole('button', { name: 'Add a field' }).first().click()
  await page.getByRole('dialog').getByLabel('Label').fill(label)
  await page.getByRole('button', { name: 'Add the field' }).click()
  const row = page.getByRole('listitem').filter({ hasText: label })
  await expect(row).toBeVisible()
  const order = async () => (await page.locator('section[aria-label="Custom fields"] li b').allInnerTexts()).indexOf(label)
  const everywhere = await order()
  const folder = page.getByLabel('Order and required fields of')
  const name = (await folder.locator('option').nth(1).innerText()).trim()
  await folder.selectOption({ index: 1 })
  const required = page.getByRole('button', { name: `${label} is required here` })
  await required.click()
  await expect(required).toHaveAttribute('aria-pressed', 'true')
  // In its order there: one place up, and nowhere else.
  const there = await order()
  await page.getByRole('button', { name: `Move ${label} up` }).click()
  await expect.poll(order).toBe(there - 1)
  await folder.selectOption('')
  await expect.poll(order).toBe(everywhere)
  await expect(row.getByText('Required')).toBeHidden()

  await page.goto('/customers')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('First name').fill('Metered')
  await expect(dialog.getByLabel(label)).toBeHidden()
  await dialog.getByLabel('Folder').selectOption({ label: name })
  await dialog.getByRole('button', { name: /^Create/ }).click()
  await expect(dialog.getByText('is needed in this folder')).toBeVisible()
  await dialog.getByLabel(label).fill('4711')
  await dialog.getByRole('button', { name: /^Create/ }).click()
  await expect(dialog).toBeHidden()
  await expect(workspace.name).toHaveValue('Metered')

  await page.goto('/settings/fields')
  await folder.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'As in all folders' }).click()
  await expect(required).toHaveAttribute('aria-pressed', 'false')
})

test('a colleague is invited by a link', async ({ page, workspace }) => {
  await workspace.signIn()
  await page.goto('/settings/staff')
  const name = `Ida ${Date.now()}`
  await page.getByRole('button', { name: 'Add a colleague' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('E-mail').fill(`ida${Date.now()}@lumen.example`)
  await dialog.getByRole('button', { name: 'Add and make an invitation' }).click()
  await expect(page.getByLabel('Link', { exact: true })).toHaveValue(/^http.*\/join#token=/)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Invited')
})

test('a key is shown once, and revoked', async ({ page, workspace }) => {
  await workspace.signIn()
  await page.goto('/settings/keys')
  const name = `Website ${Date.now()}`
  await page.getByRole('button', { name: 'Make a key' }).first().click()
  await page.getByLabel('What is it for?').fill(name)
  await page.getByRole('checkbox', { name: 'Notes: Create' }).check()
  await expect(page.getByRole('checkbox', { name: 'Notes: View' })).toBeChecked()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue(/^pk_/)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  const row = page.getByRole('listitem').filter({ hasText: name })
  const revoke = row.getByRole('button', { name: `Revoke ${name}` })
  // Enter, pressed once too often, revokes nothing; one Tab on, it does.
  await revoke.click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(revoke).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(row).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })
  test('nothing sticks out', async ({ page, workspace }) => {
    await workspace.signIn()
    for (const name of PAGES) {
      await page.goto(`/settings/${name}`)
      await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360)
    }
  })

  test('the list of pages is a page one taps into, with a way back', async ({ page, workspace }) => {
    await workspace.signIn()
    await page.goto('/customers')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
    const list = page.getByRole('navigation', { name: 'Settings' })
    await expect(list).toBeVisible()
    await expect(page).toHaveURL(/\/settings$/)
    expect(await violations(page)).toEqual([])
    for (const line of await list.getByRole('link').all()) expect((await line.boundingBox())!.height).toBeGreaterThanOrEqual(44)
    await list.getByRole('link', { name: 'Tags' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Tags' })).toBeVisible()
    await expect(list).toBeHidden()
    await expect(page.getByRole('main')).toBeFocused()
    expect(await violations(page)).toEqual([])
    const back = page.getByRole('main').getByRole('link', { name: 'Settings' })
    await back.click()
    await expect(list.getByRole('link', { name: 'Tags' })).toBeFocused()
    await expect(page.getByRole('heading', { level: 2, name: 'Tags' })).toBeHidden()
    // Turned or made wide, it is no page by itself.
    await page.setViewportSize({ width: 1200, height: 740 })
    await expect(page).toHaveURL(/\/settings\/business$/)
    await expect(list).toBeVisible()
    await expect(back).toBeHidden()
  })
})
