/**
 * What the browser's main thread spends on a big business: scrolling the list, and a key in the search.
 *
 *     PATRON_URL=http://127.0.0.1:8080 PATRON_EMAIL=… PATRON_PASSWORD=… node bench/browser.mjs [steps]
 *
 * Milliseconds of the thread's own CPU time, as `web/e2e/cpu.ts` reads them. A step is one turn of the wheel, 240 px, and all
 * that follows from it: one frame or two, the next rows read and laid in. Nothing is evaluated in the page meanwhile.
 */
import { createRequire } from 'node:module'
import { MainThread, Yardstick } from '../web/e2e/cpu.ts'

const { chromium } = createRequire(new URL('../web/package.json', import.meta.url))('playwright-core')
const { PATRON_URL, PATRON_EMAIL, PATRON_PASSWORD, CHROMIUM = '/usr/bin/chromium' } = process.env
const STEPS = Number(process.argv[2] ?? 400)
const BY = 240
const STEP_MS = 60
const SETTLED = 450
/** Names with a beginning that many have, another, and a phone number; each taken back letter by letter. */
const KEYS = ['martin', 'weber', 'an', '+49 17'].flatMap((word) => [...word, ...Array(word.length).fill('Backspace')])

const wait = (ms) => new Promise((go) => setTimeout(go, ms))

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-smooth-scrolling'] })
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const signedIn = await context.request.post(`${PATRON_URL}/api/v1/session`, { data: { email: PATRON_EMAIL, password: PATRON_PASSWORD } })
  if (!signedIn.ok()) throw new Error(`Signing in: ${signedIn.status()}`)
  const page = await context.newPage()
  const thread = await MainThread.of(page)
  const yardstick = await Yardstick.beside(page)

  /** Does something again and again, the yardstick every so often, and says what it took. */
  async function measure(what, times, act) {
    const values = []
    for (let i = 0; i < times; i++) {
      if (i % 20 === 0) await yardstick.lay()
      values.push((await thread.during(() => act(i))).all)
    }
    values.sort((a, b) => a - b)
    const at = (part) => `${values[Math.min(times - 1, Math.floor(part * times))].toFixed(1)} ms`
    console.log(`${what}: p50 ${at(0.5)}, p90 ${at(0.9)}, most ${at(1)} of ${times}; machine × ${yardstick.slowness().toFixed(2)}`)
  }

  await page.goto(`${PATRON_URL}/customers?sort=display_name`)
  const rows = page.locator('#customer-rows > *')
  await rows.first().waitFor({ timeout: 60_000 })
  await wait(2_000)
  const box = await rows.first().boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 2)
  const wheel = (by) => async () => {
    await page.mouse.wheel(0, by)
    await wait(STEP_MS)
  }
  await measure(`${BY} px down the list`, STEPS, wheel(BY))
  console.log(`  ${Math.round((await rows.first().locator('xpath=../..').evaluate((el) => el.scrollTop)) / box.height)} rows down`)
  await measure(`${BY} px back up`, STEPS, wheel(-BY))

  await page.getByRole('combobox', { name: 'Search customers' }).focus()
  await measure('a key in the search', KEYS.length, async (i) => {
    await page.keyboard.press(KEYS[i] === ' ' ? 'Space' : KEYS[i])
    await wait(SETTLED)
  })
} finally {
  await browser.close()
}
