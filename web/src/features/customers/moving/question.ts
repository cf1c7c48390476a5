import type { BulkPreview, Folder } from '@/shared/api'
import { question } from '@/shared/store'

export interface Move {
  name: string
  folder: Folder
  changes: NonNullable<BulkPreview['move']>
}

/** Not at all, or with which status: the folder's own when none is named. */
export type Answer = { status?: string } | undefined

/** Shows what the move will change and waits for the choice. */
export const moving = question<Move, Answer>(undefined)
