import { expect, type Locator, type Page } from '@playwright/test'

/** The workspace as a person meets it. */
export class WorkspacePage {
  readonly page: Page
  readonly rows: Locator
  readonly search: Locator
  readonly profile: Locator
  readonly name: Locator
  readonly composer: Locator

  constructor(page: Page) {
    this.page = page
    this.rows = page.getByRole('listbox', { name: 'Customers' }).getByRole('option')
    this.search = page.getByRole('combobox', { name: 'Search customers' })
    this.profile = page.locator('#profile')
    this.name = page.getByRole('textbox', { name: 'Name', exact: true })
    this.composer = page.getByRole('textbox', { name: 'Write a note' })
  }

  /** Signs in when the server asks for it; E-mail and password from the environment. */
  async signIn() {
    const { PATRON_EMAIL, PATRON_PASSWORD } = process.env
    if (!PATRON_EMAIL || !PATRON_PASSWORD) return
    await this.page.request.post('/api/v1/session', { data: { email: PATRON_EMAIL, password: PATRON_PASSWORD } })
  }

  async open() {
    await this.signIn()
    await this.page.goto('/customers')
    await expect(this.rows.first()).toBeVisible()
  }

  /** Makes a customer of its own, so that tests do not meet. */
  async create(given: string, family: string) {
    await this.page.getByRole('button', { name: 'New', exact: true }).click()
    const dialog = this.page.getByRole('dialog', { name: 'New customer' })
    await dialog.getByLabel('First name').fill(given)
    await dialog.getByLabel('Last name').fill(family)
    await dialog.getByRole('button', { name: /^Create/ }).click()
    await expect(this.name).toHaveValue(`${given} ${family}`)
    return /cus_\w+/.exec(this.page.url())![0]
  }

  async openFirst() {
    await this.open()
    await this.rows.first().click()
    await expect(this.composer).toBeVisible()
  }
}
