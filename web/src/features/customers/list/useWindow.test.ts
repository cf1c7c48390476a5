import { describe, expect, it } from 'vitest'
import { rangeInSight, scrollFor } from './useWindow'

describe('the window over the list', () => {
  it('holds what is in sight and a few beyond', () => {
    expect(rangeInSight(0, 640, 64, 8)).toEqual({ start: 0, end: 18 })
    expect(rangeInSight(6400, 640, 64, 8)).toEqual({ start: 92, end: 118 })
  })

  it('scrolls just far enough', () => {
    expect(scrollFor(3, 0, 640, 64)).toBeUndefined()
    expect(scrollFor(12, 0, 640, 64)).toBe(192)
    expect(scrollFor(2, 640, 640, 64)).toBe(128)
  })
})
