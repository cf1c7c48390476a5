import { afterEach, expect, it, vi } from 'vitest'

const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const nobody = () => answer(401, { status: 401, code: 'not_signed_in', title: 'Unauthorized' })

afterEach(() => vi.unstubAllGlobals())

it('what was on its way when a proof renewed the cookie is sent once more', async () => {
  const sent: string[] = []
  const answers: Response[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(`${request.method} ${await request.clone().text()} ${request.headers.get('Idempotency-Key')}`)
    return answers.shift()!
  })
  vi.stubGlobal('location', { origin: 'http://patron.test' })
  const { api, ask, onSignedOut } = await import('./client')
  const left = vi.fn()
  onSignedOut(left)

  // Whoever was never signed in here is told so at once.
  answers.push(nobody())
  await expect(ask(api.GET('/session'))).rejects.toMatchObject({ status: 401 })
  expect([sent.length, left.mock.calls.length]).toEqual([1, 1])

  answers.push(answer(200, {}))
  await ask(api.GET('/session'))
  answers.push(nobody(), answer(201, { name: 'Blue' }))
  const body = { name: 'Blue' } as never
  expect(await ask(api.POST('/tags', { body }))).toEqual({ name: 'Blue' })
  expect(sent.slice(-2)).toEqual([sent.at(-1), sent.at(-1)])
  expect(left).toHaveBeenCalledTimes(1)

  // A session that has ended is not asked for ever.
  answers.push(nobody(), nobody())
  await expect(ask(api.GET('/session'))).rejects.toMatchObject({ status: 401 })
  expect([sent.length, left.mock.calls.length]).toEqual([6, 2])
})
