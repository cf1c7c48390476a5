/** Has somebody changed what the person behind this page may do, or whom they see? */
import type { QueryClient } from '@tanstack/react-query'
import { api, ask, type Folder, type LiveEvent, type Session } from '@/shared/api'
import { sessionQuery } from '@/shared/session'
import { foldersQuery } from '@/shared/vocabulary'

const standing = (s: Session) => JSON.stringify([s.user.id, s.role.id, s.role.visibility, s.role.area_visibility, s.permissions])
const rules = (folders: Folder[]) => JSON.stringify(folders.map((f) => [f.id, f.parent_id, f.access]).sort())

/** Reads again who is here; whoever is nobody any more goes to the sign-in. */
async function sessionChanged(client: QueryClient): Promise<boolean> {
  const before = client.getQueryData(sessionQuery.queryKey)
  const now = await ask<Session>(api.GET('/session'))
  client.setQueryData(sessionQuery.queryKey, now)
  return before !== undefined && standing(before) !== standing(now)
}

async function rulesChanged(client: QueryClient, before: Folder[] | undefined): Promise<boolean> {
  if (!before) return true
  return rules(before) !== rules(await client.fetchQuery({ ...foldersQuery, staleTime: 0 }))
}

/** `folders` are those from before. Owners see everybody whatever teams and folders say. */
export async function sightChanged(client: QueryClient, events: LiveEvent[], folders: Folder[] | undefined): Promise<boolean> {
  const session = client.getQueryData(sessionQuery.queryKey)
  const about = (kind: RegExp) => events.some((e) => kind.test(e.kind))
  const mine = events.some((e) => e.subject?.id === session?.user.id)
  if ((mine || about(/^(role|live)\./)) && (await sessionChanged(client))) return true
  if (session?.role.key === 'owner') return false
  return about(/^team\./) || (about(/^folder\./) && (await rulesChanged(client, folders)))
}
