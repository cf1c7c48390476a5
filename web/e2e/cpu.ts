import type { CDPSession, Page } from '@playwright/test'

export interface Spent {
  all: number
  script: number
}

/** Milliseconds of the page's main thread: its own CPU time, which a busy machine hardly moves, unlike the wall clock. */
export class MainThread {
  private readonly cdp: CDPSession

  private constructor(cdp: CDPSession) {
    this.cdp = cdp
  }

  static async of(page: Page) {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new MainThread(cdp)
  }

  private async read(): Promise<Spent & { heap: number }> {
    const { metrics } = await this.cdp.send('Performance.getMetrics')
    const value = (name: string) => metrics.find((m) => m.name === name)?.value ?? 0
    return { all: value('TaskDuration') * 1_000, script: value('ScriptDuration') * 1_000, heap: value('JSHeapUsedSize') / 1e6 }
  }

  async during(what: () => Promise<unknown>): Promise<Spent> {
    const before = await this.read()
    await what()
    const after = await this.read()
    return { all: after.all - before.all, script: after.script - before.script }
  }

  /** The same work on every machine: script, style, layout and paint, as a switch is made of. */
  async yardstick(page: Page): Promise<number> {
    const { all } = await this.during(async () => {
      await page.evaluate(() => {
        const box = document.createElement('div')
        box.style.cssText = 'position:fixed;inset:0;width:300px;overflow:hidden;contain:strict;visibility:hidden'
        document.body.append(box)
        for (let round = 0; round < 4; round++) {
          box.replaceChildren(...Array.from({ length: 150 }, (_, i) => {
            const line = document.createElement('p')
            line.append(`Line ${i * round}`, document.createElement('b'))
            return line
          }))
          void box.offsetHeight
          Array.from({ length: 6_000 }, (_, i) => String((i * 7_919) % 6_007)).sort()
        }
        box.remove()
      })
      await page.waitForTimeout(100)
    })
    return all
  }

  async heap(): Promise<number> {
    await this.cdp.send('HeapProfiler.collectGarbage')
    return (await this.read()).heap
  }
}

/** What the yardstick took where the limits were set, on a quiet machine. */
const QUIET = 30

/**
 * How many times slower this machine is now. Shared caches and hyperthreads make even a thread's own time longer when
 * others work beside it; a limit that did not know would fail for their work.
 */
export const slowness = (yardsticks: number[]) => Math.max(1, middle(yardsticks) / QUIET)

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

export const median = (all: Spent[]): Spent => ({ all: middle(all.map((s) => s.all)), script: middle(all.map((s) => s.script)) })
