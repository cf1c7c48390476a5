import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@/shared/api'

const COUNT_PAUSE_MS = 2_000
let counting: ReturnType<typeof setTimeout> | undefined

/** Counts on boards and reports follow, but no faster than people read. */
function recount(client: QueryClient) {
  counting ??= setTimeout(() => {
    counting = undefined
    void client.invalidateQueries({ queryKey: ['finding', 'tally'] })
  }, COUNT_PAUSE_MS)
}

export function applyFinding(client: QueryClient, events: LiveEvent[]) {
  const subjects = new Set(events.map((e) => e.subject?.kind))
  if (subjects.has('view')) void client.invalidateQueries({ queryKey: ['finding', 'views'] })
  if (subjects.has('segment')) void client.invalidateQueries({ queryKey: ['finding', 'segments'] })
  if (subjects.has('field') || subjects.has('segment')) void client.invalidateQueries({ queryKey: ['finding', 'fields'] })
  for (const event of events) if (event.subject?.kind === 'job') void client.invalidateQueries({ queryKey: ['finding', 'job', event.subject.id] })
  if (subjects.has('customer')) recount(client)
}
