import {
  IconArrowsExchange, IconChartCircles, IconCirclePlus, IconFolder, IconNote, IconPencil, IconPointFilled, IconRestore, IconSitemap, IconTag, IconTrash, IconUpload, IconUsers, type Icon,
} from '@tabler/icons-react'
import type { TimelineEvent, Tone } from '@/shared/api'
import { t } from '@/shared/i18n'

export interface KindLook {
  icon: Icon
  tone: Tone
  /** Large ones stand out with a square icon; small ones are a line in passing. */
  large?: boolean
}

/** How each kind of event looks. A new kind is one line; unknown kinds are shown plainly. */
const KINDS: Record<string, KindLook> = {
  'note.written': { icon: IconNote, tone: 'warn', large: true },
  'note.edited': { icon: IconPencil, tone: 'mute' },
  'note.deleted': { icon: IconTrash, tone: 'mute' },
  'customer.created': { icon: IconCirclePlus, tone: 'ok', large: true },
  'customer.imported': { icon: IconUpload, tone: 'info', large: true },
  'customer.deleted': { icon: IconTrash, tone: 'bad' },
  'customer.restored': { icon: IconRestore, tone: 'ok' },
  'segment.entered': { icon: IconChartCircles, tone: 'violet' },
  'segment.left': { icon: IconChartCircles, tone: 'mute' },
  'relation.created': { icon: IconSitemap, tone: 'violet' },
  'relation.deleted': { icon: IconSitemap, tone: 'mute' },
}

/** Changes of the record look by what was changed. */
const BY_FIELD: Record<string, KindLook> = {
  folder_id: { icon: IconFolder, tone: 'info' },
  status_id: { icon: IconArrowsExchange, tone: 'violet' },
  tag_ids: { icon: IconTag, tone: 'info' },
  workers: { icon: IconUsers, tone: 'ok' },
}

export function lookOf(event: TimelineEvent): KindLook {
  const known = KINDS[event.kind]
  if (known) return known
  const only = event.changes.length === 1 ? BY_FIELD[event.changes[0]!.field] : undefined
  if (only) return only
  return event.changes.length > 0 ? { icon: IconPencil, tone: 'mute' } : { icon: IconPointFilled, tone: 'mute' }
}

/** The groups a timeline can be narrowed to; those whose sections exist. */
export const GROUPS = [
  { value: undefined, label: t('All') },
  { value: 'notes', label: t('Notes') },
  { value: 'changes', label: t('Changes') },
]
