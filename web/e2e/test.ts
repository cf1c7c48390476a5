import { test as base, expect } from '@playwright/test'
import { WorkspacePage } from './pages/workspace'

/**
 * Every test fails on an uncaught error and on anything the content policy had to block.
 * PATRON_SLOW=4 makes the page four times as slow and each answer 100 ms late: a story that does not wait for what it
 * needs fails then, and not only now and then on a busy machine.
 */
export const test = base.extend<{ workspace: WorkspacePage }>({
  page: async ({ page }, provide) => {
    const rate = Number(process.env.PATRON_SLOW ?? 1)
    if (rate > 1) {
      const tools = await page.context().newCDPSession(page)
      await tools.send('Emulation.setCPUThrottlingRate', { rate })
      await tools.send('Network.enable')
      await tools.send('Network.emulateNetworkConditions', { offline: false, latency: 100, downloadThroughput: -1, uploadThroughput: -1 })
    }
    await provide(page)
  },
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
