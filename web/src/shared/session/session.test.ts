import { expect, it } from 'vitest'
import type { Session } from '../api'
import { belongsHere, businessOf, readsAllOf } from '.'

it('an address may name its business', () => {
  expect(businessOf('/b/second-shop/customers')).toBe('second-shop')
  expect(businessOf('/customers')).toBeUndefined()
})

it('an area may show less than the customers, never more', () => {
  const session = (visibility: string, narrower: string) => ({ role: { visibility, area_visibility: [{ area: 'notes', visibility: narrower }] }, permissions: ['notes.view'] }) as unknown as Session
  expect(readsAllOf('notes', session('all', 'own'))).toBe(false)
  expect(readsAllOf('notes', session('own', 'team'))).toBe(true)
  expect(readsAllOf('relations', session('all', 'own'))).toBe(false)
})

it('a session opens no other business', () => {
  const session = { business: { slug: 'second-shop' } } as Session
  expect(belongsHere(session, '/b/second-shop/customers')).toBe(true)
  expect(belongsHere(session, '/b/third/customers')).toBe(false)
  expect(belongsHere(session, '/customers')).toBe(true)
})
