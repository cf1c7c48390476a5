import { describe, expect, it } from 'vitest'
import { safeNext, tokenOf } from './next'

describe('where to go after signing in', () => {
  it('keeps a path of the workspace', () => expect(safeNext('/customers/cus_1/notes?q=a')).toBe('/customers/cus_1/notes?q=a'))
  it.each([undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/\n/evil.example', '/sign-in?next=/sign-in', '/setup'])('leaves out %j', (next) =>
    expect(safeNext(next)).toBe('/'))
})

describe('the link', () => {
  it('carries a token', () => {
    expect(tokenOf('#token=pl_abc')).toBe('pl_abc')
    expect(tokenOf('')).toBe('')
  })
})
