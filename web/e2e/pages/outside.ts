import type { Page } from '@playwright/test'

/** What a person signs in with here: the server's own, or anything for the mock. */
export const EMAIL = process.env.PATRON_EMAIL ?? 'dana@lumen.example'
export const PASSWORD = process.env.PATRON_PASSWORD ?? 'correct horse battery'

export async function fillSignIn(page: Page, password = PASSWORD) {
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
