import { expect, type Browser, type Page } from '@playwright/test'
import { WorkspacePage } from './workspace'

interface Person {
  id: string
  name: string
}

/** A second member of staff in a browser of their own, let in by an invitation. Only a real server knows two people apart. */
export async function colleagueOf(page: Page, browser: Browser, baseURL: string): Promise<{ who: Person; workspace: WorkspacePage; leave: () => Promise<void> }> {
  const invited = await page.evaluate(async () => {
    const call = async (path: string, method = 'GET') => (await fetch(`/api/v1${path}`, { method })).json()
    const me = await call('/session')
    const who = (await call('/users?limit=200')).data.find((u: { id: string; state: string; role_id: string }) => u.id !== me.user.id && u.state === 'active' && u.role_id !== me.role.id)
    // Whatever another story made of them.
    const staff = (await call('/roles?key=staff')).data[0].id as string
    if (who.role_id !== staff) await fetch(`/api/v1/users/${who.id}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ role_id: staff }) })
    return { who, url: (await call(`/users/${who.id}/invitation`, 'POST')).url as string }
  })
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  const theirs = await context.newPage()
  await theirs.goto(new URL(invited.url, baseURL).href)
  await theirs.getByLabel('Password', { exact: true }).fill('a few words in a row')
  await theirs.getByRole('button', { name: 'Save and sign in' }).click()
  const workspace = new WorkspacePage(theirs)
  await expect(workspace.rows.first()).toBeVisible()
  return { who: invited.who, workspace, leave: () => context.close() }
}
