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

  async heap(): Promise<number> {
    await this.cdp.send('HeapProfiler.collectGarbage')
    return (await this.read()).heap
  }
}

/** What the yardstick took where the limits were set, on a quiet machine. */
const QUIET = 25

/** A page beside the one that is measured, in a process of its own, which does the same work again and again. */
export class Yardstick {
  private readonly page: Page
  private readonly thread: MainThread
  private taken: number[] = []

  private constructor(page: Page, thread: MainThread) {
    this.page = page
    this.thread = thread
  }

  static async beside(page: Page) {
    const own = await page.context().newPage()
    await own.goto('about:blank')
    const made = new Yardstick(own, await MainThread.of(own))
    await page.bringToFront()
    return made
  }

  /** Script, style, layout and paint, as a switch is made of. */
  async lay() {
    const { all } = await this.thread.during(() =>
      this.page.evaluate(() => {
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
      }),
    )
    this.taken.push(all)
  }

  /**
   * How many times slower this machine has been meanwhile. Shared caches and hyperthreads make even a thread's own time
   * longer when others work beside it; a limit that did not know would fail for their work.
   */
  slowness(): number {
    const slow = Math.max(1, middle(this.taken) / QUIET)
    this.taken = []
    return slow
  }
}

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

export const median = (all: Spent[]): Spent => ({ all: middle(all.map((s) => s.all)), script: middle(all.map((s) => s.script)) })
