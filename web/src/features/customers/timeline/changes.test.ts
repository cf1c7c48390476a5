import { describe, expect, it } from 'vitest'
import type { Change } from '@/shared/api'
import { date, fullTime } from '@/shared/format'
import { changeText, toldInHeadline } from './changes'

const change = (to_text: string) => ({ field: 'status_id', label: 'status', from: null, to: null, from_text: 'New', to_text }) as Change

describe('writing changes out', () => {
  it('puts moments and days into the reader’s words and leaves the rest', () => {
    expect(changeText('2026-11-15')).toBe(date('2026-11-15'))
    expect(changeText('2026-11-15T15:26:00.000Z')).toBe(fullTime('2026-11-15T15:26:00.000Z'))
    expect(changeText('2026-11-15 or so')).toBe('2026-11-15 or so')
    expect(changeText('')).toBe('')
  })

  it('says nothing twice', () => {
    const parts = [{ text: 'Dana', strong: true }, { text: ' changed the status to ', strong: false }, { text: 'Active', strong: true }]
    expect(toldInHeadline({ changes: [change('Active')], parts })).toBe(true)
    expect(toldInHeadline({ changes: [change('Closed')], parts })).toBe(false)
    expect(toldInHeadline({ changes: [change('')], parts })).toBe(false)
    expect(toldInHeadline({ changes: [change('Active'), change('Active')], parts })).toBe(false)
  })
})
