import { crc32, deflateSync } from 'node:zlib'
import { expect, test } from './test'

function chunk(kind: string, body: Buffer) {
  const named = Buffer.concat([Buffer.from(kind), body])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([size, named, sum])
}

/** A grey square as a PNG file. */
function square(side: number) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.writeUInt8(8, 8)
  const rows = Buffer.alloc(side * (side + 1), 128)
  for (let y = 0; y < side; y++) rows[y * (side + 1)] = 0
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

test.skip(!process.env.PATRON_EMAIL, 'the mock keeps no files')

test('a photo is chosen, shown in the header and in the list, and taken away', async ({ page, workspace }) => {
  await workspace.open()
  const family = `Photo${Date.now()}`
  await workspace.create('Petra', family)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Change the photo' }).click()
  await (await chooser).setFiles({ name: 'petra.png', mimeType: 'image/png', buffer: square(64) })
  const shown = workspace.profile.locator('header img')
  await expect(shown).toBeVisible()
  await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(0)
  await expect(workspace.rows.filter({ hasText: family }).locator('img')).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Remove the photo' }).click()
  await expect(shown).toBeHidden()
})

test('a file that is no picture is refused in words', async ({ page, workspace }) => {
  await workspace.open()
  await workspace.create('Paul', `NoPhoto${Date.now()}`)
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('this is text') })
  await expect(page.getByRole('status', { name: 'Notifications' })).toContainText('content is not what its name says')
})
