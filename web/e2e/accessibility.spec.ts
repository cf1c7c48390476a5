import { violations } from './axe'
import { expect, test } from './test'

test.setTimeout(90_000)

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    for (const section of ['timeline', 'profile', 'notes', 'related']) {
      test(`${section} has no accessibility violations`, async ({ page, workspace }) => {
        await workspace.openFirst()
        await page.goto(page.url().replace('/timeline', `/${section}`))
        await expect(workspace.name).toBeVisible()
        await page.waitForTimeout(600)
        expect(await violations(page)).toEqual([])
      })
    }
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })
  test('one panel at a time, nothing sticks out, no violations', async ({ page, workspace }) => {
    await workspace.open()
    await workspace.rows.first().click()
    await expect(workspace.composer).toBeVisible()
    await expect(workspace.rows.first()).toBeHidden()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await expect(workspace.rows.first()).toBeVisible()
  })
})
