import { test as base, expect } from '@playwright/test'
import { WorkspacePage } from './pages/workspace'

/** Every test fails on an uncaught error and on anything the content policy had to block. */
export const test = base.extend<{ workspace: WorkspacePage }>({
  workspace: async ({ page }, provide) => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) problems.push(message.text())
    })
    await provide(new WorkspacePage(page))
    expect(problems).toEqual([])
  },
})

export { expect }
