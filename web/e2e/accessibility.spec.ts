import type { Page } from '@playwright/test'
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

/** What opens over a page, and how. */
const OVER: { what: string; at: string; open: (page: Page) => Promise<unknown> }[] = [
  { what: 'new customer', at: '/customers', open: (page) => page.getByRole('button', { name: 'New', exact: true }).click() },
  { what: 'filters', at: '/customers', open: (page) => page.getByRole('button', { name: 'Filters' }).click() },
  { what: 'folders', at: '/customers', open: (page) => page.getByRole('button', { name: /^Folder: / }).click() },
  { what: 'who sees them', at: '/customers', open: async (page) => {
    await page.getByRole('listbox', { name: 'Customers' }).getByRole('option').first().click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Who can see them' }).click()
    await expect(page.getByRole('dialog').getByRole('searchbox')).toBeVisible()
  } },
  { what: 'palette', at: '/customers', open: (page) => page.keyboard.press('Control+k') },
  { what: 'keys', at: '/customers', open: (page) => page.keyboard.press('?') },
  { what: 'field', at: '/settings/fields', open: (page) => page.getByRole('button', { name: 'Add a field' }).first().click() },
  { what: 'colleague', at: '/settings/staff', open: (page) => page.getByRole('button', { name: 'Add a colleague' }).click() },
  { what: 'role', at: '/settings/roles', open: (page) => page.getByRole('button', { name: 'Make a role' }).click() },
  { what: 'what a role may do', at: '/settings/roles', open: (page) => page.getByRole('link', { name: /^Staff/ }).last().click() },
  { what: 'the owner’s role', at: '/settings/roles', open: (page) => page.getByRole('link', { name: /^Owner/ }).click() },
  { what: 'folder rule', at: '/settings/folders', open: (page) => page.getByRole('button', { name: 'Add a rule' }).click() },
  { what: 'key', at: '/settings/keys', open: (page) => page.getByRole('button', { name: 'Make a key' }).first().click() },
  { what: 'nothing there', at: '/nothing/here', open: (page) => expect(page.getByText('There is nothing at this address')).toBeVisible() },
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme}, over the page`, () => {
    test.use({ colorScheme })
    test('no dialog, menu or popover has accessibility violations', async ({ page, workspace }) => {
      test.setTimeout(240_000)
      await workspace.open()
      for (const { what, at, open } of OVER) {
        await page.goto(at)
        await page.waitForTimeout(500)
        await open(page)
        await page.waitForTimeout(400)
        // A menu stands at the end of the page, outside its landmarks; it belongs to its button.
        expect.soft(await violations(page, ['region']), what).toEqual([])
      }
    })
  })
}

/** Whole pages, which no story of their own looks at with other eyes. */
const PAGES = [
  '/customers?bin=true', '/customers?q=nobodyiscalledthis', '/customers/cus_0000000000000/timeline', '/board', '/imports', '/imports/staff', '/reports',
  '/settings/business', '/settings/staff', '/settings/roles/teams', '/settings/tags', '/settings/segments', '/settings/sign-in', '/settings/audit',
  '/settings/profile', '/settings/appearance', '/settings/nothing',
]

async function readPages(page: Page) {
  for (const address of PAGES) {
    await page.goto(address)
    await page.waitForTimeout(900)
    expect.soft(await violations(page), address).toEqual([])
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${address} sticks out`).toBeLessThanOrEqual(0)
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme}, pages`, () => {
    test.use({ colorScheme })
    test('no page has accessibility violations', async ({ page, workspace }) => {
      test.setTimeout(240_000)
      await workspace.open()
      await readPages(page)
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('no page has accessibility violations or sticks out', async ({ page, workspace }) => {
    test.setTimeout(240_000)
    await workspace.open()
    await readPages(page)
  })

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
