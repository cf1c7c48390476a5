import type { Folder } from '@/shared/api'

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

export const siblingsOf = (folders: Folder[], folder: Folder) => folders.filter((f) => f.parent_id === folder.parent_id)
