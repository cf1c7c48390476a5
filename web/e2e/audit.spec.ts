import type { Page } from '@playwright/test'
import { violations } from './axe'
import { colleagueOf } from './pages/colleague'
import { family, send } from './pages/finding'
import { expect, test } from './test'

test.setTimeout(120_000)

const log = (page: Page) => page.getByRole('main').getByRole('region', { name: 'Audit log' })
const entries = (page: Page) => log(page).getByRole('listitem')

test.describe('on a real server', () => {
  test.skip(!process.env.PATRON_EMAIL, 'the mock writes no log')

  test('who did what and who looked is told in sentences, with the details behind them', async ({ page, workspace }) => {
    await workspace.open()
    const { name, ids: [ann] } = await family(page, {}, ['Ann'])
    await send(page, 'PATCH', `/customers/${ann}`, { source: 'Fair', newsletter: true })
    await send(page, 'POST', '/notes', { customer_id: ann, body: 'Likes tea' })
    await send(page, 'PATCH', `/customers/${ann}`, { folder_id: 'fol_nowhere' })
    await page.goto(`/customers/${ann}/timeline`)
    await expect(workspace.composer).toBeVisible()
    // Looks are written within a second.
    await page.waitForTimeout(1_500)

    await page.goto(`/settings/audit?customer=${ann}`)
    await expect(page.getByRole('heading', { name: 'Audit log', level: 2 })).toBeVisible()
    await expect(entries(page).filter({ hasText: `opened the profile of Ann ${name}` })).toHaveCount(1)
    await expect(entries(page).filter({ hasText: new RegExp(`changed .*newsletter.* of Ann ${name}`) })).toHaveCount(1)
    await expect(entries(page).filter({ hasText: `wrote a note about Ann ${name}` })).toHaveCount(1)
    await expect(entries(page).last()).toContainText(`added Ann ${name}`)
    await expect(log(page).getByRole('button', { name: `Customer Ann ${name}` })).toBeVisible()

    const change = entries(page).filter({ hasText: /changed .*newsletter/ })
    await change.getByRole('button', { name: /^Details/ }).click()
    await expect(change).toContainText('PATCH /api/v1/customers/{id} → 200')
    await expect(change).toContainText(ann!)
    expect(await violations(page)).toEqual([])
    await change.getByRole('button', { name: 'Only this request' }).click()
    await expect(page).toHaveURL(/request=req_/)
    await expect(entries(page)).toHaveCount(1)
    await page.goBack()
    await expect(entries(page).nth(2)).toBeVisible()

    await entries(page).last().getByRole('link', { name: `Ann ${name}` }).click()
    await expect(workspace.name).toHaveValue(`Ann ${name}`)
  })

  test('what was refused says why', async ({ page, workspace }) => {
    await workspace.open()
    const { name, ids: [ben] } = await family(page, {}, ['Ben'])
    await send(page, 'PATCH', `/customers/${ben}`, { kind: 'planet' })
    await page.goto('/settings/audit?what=refused')
    await expect(entries(page).filter({ hasText: `wanted to change Ben ${name}` })).toContainText('Not valid')
  })

  test('the profile tells who looked lately', async ({ page, workspace }) => {
    await workspace.openFirst()
    await page.waitForTimeout(1_500)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Who looked' }).click()
    const dialog = page.getByRole('dialog', { name: /^Who looked at/ })
    await expect(dialog.getByRole('listitem').first()).toBeVisible()
    await expect(dialog.getByRole('status')).toContainText(/opened this profile since/)
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('link', { name: /in the audit log/ }).click()
    await expect(page).toHaveURL(/\/settings\/audit\?customer=cus_/)
    await expect(entries(page).first()).toBeVisible()
  })

  test('it is there only for those who may read it', async ({ page, workspace, browser, baseURL }) => {
    await workspace.open()
    const { workspace: theirs, leave } = await colleagueOf(page, browser, baseURL!)
    await theirs.page.goto('/settings/profile')
    await expect(theirs.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Tags' })).toBeVisible()
    await expect(theirs.page.getByRole('link', { name: 'Audit log' })).toBeHidden()
    await theirs.page.goto('/settings/audit')
    await expect(theirs.page.getByRole('alert')).toBeVisible()
    await leave()
  })
})

test('filters stand in the address, and older entries come while one scrolls', async ({ page, workspace }) => {
  await workspace.open()
  await workspace.rows.first().click()
  await expect(workspace.composer).toBeVisible()
  await page.waitForTimeout(1_500)
  await page.goto('/settings/profile')
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search customers and actions' }).fill('audit log')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/audit/)
  await expect(entries(page).first()).toBeVisible()
  await expect(log(page).getByRole('status')).toContainText(/\d+ entries/)

  const before = await entries(page).count()
  await entries(page).last().scrollIntoViewIfNeeded()
  await expect.poll(() => entries(page).count()).toBeGreaterThan(before)

  await log(page).getByLabel('What', { exact: true }).selectOption({ label: 'Opened profiles' })
  await expect(page).toHaveURL(/what=opened/)
  await expect(entries(page).first()).toContainText('opened the profile of')
  await page.reload()
  await expect(log(page).getByLabel('What', { exact: true })).toHaveValue('opened')
  await expect(entries(page).first()).toContainText('opened the profile of')

  // Before anything happened.
  await log(page).getByLabel('Until').fill('2001-01-01')
  await expect(page.getByText('Nothing fits these filters')).toBeVisible()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(entries(page).first()).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
})

test('a customer is chosen by name, with keys alone', async ({ page, workspace }) => {
  await workspace.open()
  const name = (await workspace.rows.first().locator('[dir=auto]').first().textContent())!
  await page.goto('/settings/audit')
  await log(page).getByRole('button', { name: 'Customer Anyone' }).press('Enter')
  const box = page.getByRole('dialog', { name: 'Choose a customer' }).getByRole('combobox')
  await box.fill(name)
  await expect(page.getByRole('dialog', { name: 'Choose a customer' }).getByRole('option').first()).toContainText(name)
  await box.press('Enter')
  await expect(page).toHaveURL(/customer=cus_/)
  await expect(log(page).getByRole('button', { name: `Customer ${name}` })).toBeVisible()
  await expect(entries(page).first()).toBeVisible()
})
