import type { Field } from '../api'

/** What a list is put in order by: its place, and among equals whoever came first. */
export const byRank = <T extends { rank: number; id: string }>(list: T[]) => [...list].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))

/** The fields that show in a folder, in its order, each required as it is there. */
export function fieldsIn(fields: Field[], folderId: string | null): Field[] {
  return byRank(
    fields.filter((f) => f.folder_ids.length === 0 || f.folder_ids.includes(folderId ?? '')).map((f) => {
      const here = f.by_folder.find((one) => one.folder_id === folderId)
      return here ? { ...f, rank: here.rank ?? f.rank, required: here.required ?? f.required } : f
    }),
  )
}

/** What a field has otherwise in its folders, with one of them changed; a folder that has nothing otherwise is not named. */
export function otherwiseIn(field: Field, folderId: string, change: { rank?: number | null; required?: boolean | null }): Field['by_folder'] {
  const others = field.by_folder.filter((one) => one.folder_id !== folderId)
  const here = { rank: null, required: null, ...field.by_folder.find((one) => one.folder_id === folderId), ...change, folder_id: folderId }
  return here.rank === null && here.required === null ? others : [...others, here]
}
