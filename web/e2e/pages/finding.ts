import { expect, type Page } from '@playwright/test'

/** Asked of the server by the page itself, as the workspace would. */
export function send<T = { id: string }>(page: Page, method: string, path: string, body?: object): Promise<T> {
  return page.evaluate(
    async ([verb, to, what]) => {
      const response = await fetch(`/api/v1${to}`, { method: verb as string, headers: { 'Content-Type': 'application/json' }, body: what ? JSON.stringify(what) : undefined })
      return response.status === 204 ? undefined : response.json()
    },
    [method, path, body] as const,
  ) as Promise<T>
}

/** Customers of their own under one family name, so that tests do not meet. */
export async function family(page: Page, more: object = {}, given = ['Ann', 'Ben', 'Cem']) {
  const name = `Zq${Date.now()}${Math.floor(Math.random() * 1e4)}`
  const made = []
  for (const one of given) made.push(await send(page, 'POST', '/customers', { kind: 'person', given_name: one, family_name: name, ...more }))
  return { name, ids: made.map((c) => c.id) }
}

/** Adds a condition by its name, as by keyboard. */
export async function addCondition(page: Page, name: string) {
  await page.getByRole('button', { name: 'Add a condition' }).last().click()
  const box = page.getByRole('combobox', { name: 'Condition', exact: true })
  await box.fill(name)
  await expect(page.getByRole('listbox', { name: 'Condition' }).getByRole('option').first()).toBeVisible()
  await box.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Edit the condition' })).toBeVisible()
}
