import { expect, test } from './test'

test('switching by click, J and K changes the centre and the address; back returns', async ({ page, workspace }) => {
  await workspace.openFirst()
  const first = page.url()
  await workspace.profile.focus()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(first)
  await expect(workspace.rows.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('k')
  await expect(page).toHaveURL(first)
})

test('searching while typing narrows the list and arrows open from the search box', async ({ page, workspace }) => {
  await workspace.open()
  const family = `Zzyzx${Date.now()}`
  await workspace.create('Ada', family)
  await page.keyboard.press('Escape')
  await workspace.search.fill(family.toLowerCase())
  await expect(workspace.rows).toHaveCount(1)
  await expect(page).toHaveURL(/q=zzyzx/)
  await workspace.search.press('ArrowDown')
  await expect(workspace.name).toHaveValue(`Ada ${family}`)
  await workspace.search.press('Escape')
  await expect(page).not.toHaveURL(/q=/)
})

test('quick filters and folders stand in the address', async ({ page, workspace }) => {
  await workspace.open()
  await page.getByRole('button', { name: 'Mine', exact: true }).click()
  await expect(page).toHaveURL(/worker=me/)
  await page.goBack()
  await expect(page).not.toHaveURL(/worker=me/)
})

test('a lookalike is shown before a second record is made', async ({ page, workspace }) => {
  await workspace.open()
  const family = `Twin${Date.now()}`
  await workspace.create('Ana', family)
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'New customer' })
  await dialog.getByLabel('First name').fill('Ana')
  await dialog.getByLabel('Last name').fill(family)
  await expect(dialog.getByText('There is someone like this already')).toBeVisible()
})

test('another search begins at the top; who is open stands in sight, also after a reload', async ({ page, workspace }) => {
  await workspace.open()
  const scroller = page.locator('#customer-rows').locator('xpath=..')
  await scroller.evaluate((el) => el.scrollTo({ top: 30 * 64 }))
  await page.locator('[aria-posinset="32"]').click()
  await expect(workspace.composer).toBeVisible()
  await page.reload()
  await expect(page.locator('#customer-rows [data-on]')).toBeInViewport({ ratio: 1 })

  await page.goto('/customers')
  await expect(workspace.rows.first()).toBeVisible()
  await scroller.evaluate((el) => el.scrollTo({ top: 40 * 64 }))
  await expect(page.locator('[aria-posinset="45"]')).toBeVisible()
  await workspace.search.pressSequentially('an')
  await expect(workspace.rows.first().locator('mark').first()).toBeVisible()
  await expect(page.locator('[aria-posinset="1"]')).toBeInViewport()
})
