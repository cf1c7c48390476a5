/** Keeping open timelines true: new events are merged into the first page. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Note, TimelineEvent, TimelinePage } from '@/shared/api'

export type EventPages = InfiniteData<TimelinePage, string | undefined>

const newestFirst = (a: TimelineEvent, b: TimelineEvent) =>
  a.happened_at === b.happened_at ? b.position - a.position : a.happened_at < b.happened_at ? 1 : -1

/** Merges a freshly read first page: unknown events get in by their time, notes are renewed. */
export function mergeHead(pages: EventPages, head: TimelinePage): EventPages {
  const [first, ...rest] = pages.pages
  if (!first) return pages
  const known = new Set(pages.pages.flatMap((p) => p.data.map((e) => e.id)))
  const fresh = head.data.filter((e) => !known.has(e.id))
  const oldest = first.data.at(-1)
  const placed = fresh.filter((e) => !oldest || !first.next || newestFirst(e, oldest) < 0)
  const merged = {
    ...first,
    data: [...placed, ...first.data].sort(newestFirst),
    included: { notes: { ...first.included?.notes, ...head.included?.notes } },
  }
  return { ...pages, pages: [merged, ...rest] }
}

/** Shows an edited or deleted note wherever a timeline quotes it. */
export function patchNote(client: QueryClient, customerId: string, id: string, note: Note | undefined) {
  client.setQueriesData<EventPages>({ queryKey: ['customers', 'timeline', customerId] }, (pages) => {
    if (!pages) return pages
    return {
      ...pages,
      pages: pages.pages.map((page) => {
        if (!page.included?.notes?.[id]) return page
        const notes = { ...page.included.notes }
        if (note) notes[id] = note
        else delete notes[id]
        return { ...page, included: { notes } }
      }),
    }
  })
}
