// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { isTyping, keyCaps, matchKeys, type KeyPress } from './keys'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more,
})

describe('keys', () => {
  it('match single keys without modifiers only', () => {
    expect(matchKeys('j', [press('j')])).toBe('full')
    expect(matchKeys('j', [press('j', { ctrlKey: true })])).toBe('none')
    expect(matchKeys('j', [press('J', { shiftKey: true })])).toBe('none')
    expect(matchKeys('?', [press('?', { shiftKey: true })])).toBe('full')
  })

  it('match combinations', () => {
    expect(matchKeys('mod+k', [press('k', { ctrlKey: true })])).toBe('full')
    expect(matchKeys('alt+ArrowUp', [press('ArrowUp', { altKey: true })])).toBe('full')
    expect(matchKeys('shift+n', [press('N', { shiftKey: true })])).toBe('full')
  })

  it('match sequences step by step', () => {
    expect(matchKeys('g t', [press('g')])).toBe('part')
    expect(matchKeys('g t', [press('g'), press('t')])).toBe('full')
    expect(matchKeys('g t', [press('g'), press('p')])).toBe('none')
  })

  it('are drawn as caps', () => {
    expect(keyCaps('mod+k')).toEqual(['Ctrl', 'K'])
    expect(keyCaps('g t')).toEqual(['G', 'T'])
  })

  it('are left alone while typing', () => {
    const box = Object.assign(document.createElement('input'), { type: 'checkbox' })
    expect(isTyping(document.createElement('textarea'))).toBe(true)
    expect(isTyping(box)).toBe(false)
    expect(isTyping(document.createElement('button'))).toBe(false)
  })
})
