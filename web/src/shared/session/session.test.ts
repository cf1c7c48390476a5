import { expect, it } from 'vitest'
import type { Session } from '../api'
import { belongsHere, businessOf } from '.'

it('an address may name its business', () => {
  expect(businessOf('/b/second-shop/customers')).toBe('second-shop')
  expect(businessOf('/customers')).toBeUndefined()
})

it('a session opens no other business', () => {
  const session = { business: { slug: 'second-shop' } } as Session
  expect(belongsHere(session, '/b/second-shop/customers')).toBe(true)
  expect(belongsHere(session, '/b/third/customers')).toBe(false)
  expect(belongsHere(session, '/customers')).toBe(true)
})
