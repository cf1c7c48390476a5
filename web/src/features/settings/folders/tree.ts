import type { Folder } from '@/shared/api'
import { parentsIn } from '@/shared/vocabulary'

/** Folders that one may move `id` into: not itself, and nothing below it. */
export function possibleParents(folders: Folder[], id: string): Folder[] {
  const below = new Set([id])
  for (let grew = true; grew; ) {
    grew = false
    for (const f of folders) {
      if (f.parent_id && below.has(f.parent_id) && !below.has(f.id)) {
        below.add(f.id)
        grew = true
      }
    }
  }
  return folders.filter((f) => !below.has(f.id))
}

/** Those that stand beside it in the tree as it is drawn. */
export function siblingsOf(folders: Folder[], folder: Folder): Folder[] {
  const above = parentsIn(folders)
  return folders.filter((f) => above(f) === above(folder))
}
