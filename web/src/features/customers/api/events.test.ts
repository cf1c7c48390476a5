import { describe, expect, it } from 'vitest'
import type { Note, TimelineEvent, TimelinePage } from '@/shared/api'
import { mergeHead, type EventPages } from './events'

const event = (id: string, at: string, position: number) => ({ id, happened_at: at, position }) as TimelineEvent
const page = (data: TimelineEvent[], next: string | null = null): TimelinePage => ({ data, next, recorded_since: {} })
const pages = (...list: TimelinePage[]): EventPages => ({ pages: list, pageParams: list.map(() => undefined) })
const ids = (p: EventPages) => p.pages.map((x) => x.data.map((e) => e.id))

describe('merging the head of a timeline', () => {
  const a = event('a', '2026-01-03', 3)
  const b = event('b', '2026-01-02', 2)

  it('adds new events by their time and keeps what is there', () => {
    expect(ids(mergeHead(pages(page([a, b])), page([event('n', '2026-01-04', 9), a, b])))).toEqual([['n', 'a', 'b']])
    expect(ids(mergeHead(pages(page([a, b])), page([event('n', '2026-01-03', 2), a])))).toEqual([['a', 'n', 'b']])
  })

  it('leaves to later pages what belongs there', () => {
    expect(ids(mergeHead(pages(page([a], 'more')), page([a, event('old', '2020-01-01', 9)])))).toEqual([['a']])
  })

  it('renews notes', () => {
    const head = { ...page([a]), included: { notes: { not_1: { body: 'new' } as Note } } }
    expect(mergeHead(pages(page([a])), head).pages[0]!.included!.notes!.not_1!.body).toBe('new')
  })
})
