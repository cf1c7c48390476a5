import { expect, it } from 'vitest'
import { question, store } from './store'

it('a store holds what was set last', () => {
  const count = store(1)
  count.set(count.get() + 1)
  expect(count.get()).toBe(2)
})

it('a question asked anew answers the one that was open', async () => {
  const which = question<{ name: string }, 'yes' | 'no'>('no')
  const first = which.ask({ name: 'one' })
  const second = which.ask({ name: 'two' })
  await expect(first).resolves.toBe('no')
  void Promise.resolve().then(() => which.ask({ name: 'three' }))
  await expect(second).resolves.toBe('no')
})
