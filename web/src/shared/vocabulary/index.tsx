/** The words of this business: folders, statuses, tags, fields and colleagues. Small, read whole, kept fresh by the live stream. */
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { api, ask, type Field, type Folder, type Key, type List, type Role, type Status, type Tag, type Team, type User } from '../api'
import { useCan } from '../session'
import { byRank } from './fieldsIn'

export { fieldsIn, otherwiseIn } from './fieldsIn'

export type Vocabulary = { '/folders': Folder; '/statuses': Status; '/tags': Tag; '/fields': Field; '/users': User; '/roles': Role; '/teams': Team; '/keys': Key }
export type Path = keyof Vocabulary

async function readAll<P extends Path>(path: P): Promise<Vocabulary[P][]> {
  const all: Vocabulary[P][] = []
  let cursor: string | undefined
  do {
    const call = api.GET(path as '/tags', { params: { query: { limit: '200', cursor } } })
    const page = (await ask(call)) as unknown as List<Vocabulary[P]>
    all.push(...page.data)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}

function whole<P extends Path>(path: P) {
  return queryOptions({ queryKey: ['vocabulary', path], queryFn: () => readAll(path), staleTime: 10 * 60_000 })
}

export const foldersQuery = whole('/folders')
export const statusesQuery = whole('/statuses')
export const tagsQuery = whole('/tags')
export const fieldsQuery = whole('/fields')
export const usersQuery = whole('/users')
export const rolesQuery = whole('/roles')
export const teamsQuery = whole('/teams')
export const keysQuery = whole('/keys')

const none: never[] = []

const readable = (fields: Field[]) => fields.filter((f) => !f.sensitive)

/** What every screen needs, read and put in order once for the whole page: hooks of rows and boxes cost next to nothing.
    A context for each list, so that a move, which reads the folders again, redraws only what shows folders. */
const Folders = createContext<Folder[]>(none)
const Statuses = createContext<Status[]>(none)
const Tags = createContext<Tag[]>(none)
const Fields = createContext<Field[]>(none)
const Users = createContext<User[]>(none)

export function VocabularyProvider({ children }: { children: ReactNode }) {
  const folders = useQuery({ ...foldersQuery, select: byRank<Folder> }).data ?? none
  const statuses = useQuery({ ...statusesQuery, select: byRank<Status> }).data ?? none
  const tags = useQuery(tagsQuery).data ?? none
  const fields = useQuery({ ...fieldsQuery, select: byRank<Field> }).data ?? none
  const users = useQuery(usersQuery).data ?? none
  return (
    <Folders value={folders}>
      <Statuses value={statuses}>
        <Tags value={tags}>
          <Fields value={fields}>
            <Users value={users}>{children}</Users>
          </Fields>
        </Tags>
      </Statuses>
    </Folders>
  )
}

export const useFolders = () => useContext(Folders)
export const useStatuses = () => useContext(Statuses)
export const useTags = () => useContext(Tags)
/** All of them, for setting them up. */
export const useAllFields = () => useContext(Fields)
export const useUsers = () => useContext(Users)
export const useRoles = () => useQuery(rolesQuery).data ?? none
export const useTeams = () => useQuery(teamsQuery).data ?? none

/** The fields whose values one may read: without that right, sensitive ones leave no trace in forms and filters. */
export const useFields = () => {
  const fields = useAllFields()
  const all = useCan()('customers.sensitive')
  return useMemo(() => (all ? fields : readable(fields)), [all, fields])
}

const maps = new WeakMap<object, ReadonlyMap<string, { id: string }>>()

/** Records by id, for looking up what a row only names. The map is made once for each list. */
export function mapById<T extends { id: string }>(records: T[]): ReadonlyMap<string, T> {
  let map = maps.get(records) as ReadonlyMap<string, T> | undefined
  if (!map) maps.set(records, (map = new Map(records.map((r) => [r.id, r]))))
  return map
}

/** A folder's own statuses, or those of the nearest folder above that has some. */
export function statusesOf(folderId: string | null, folders: ReadonlyMap<string, Folder>, statuses: Status[]): Status[] {
  for (let id = folderId, hops = 0; id && hops < 32; id = folders.get(id)?.parent_id ?? null, hops++) {
    const own = statuses.filter((s) => s.folder_id === id)
    if (own.length > 0) return own
  }
  return none
}

export interface FolderNode {
  folder: Folder
  depth: number
}

/** The folder above, unless that is out of sight: what is in it stands at the top then. */
export function parentsIn(folders: Folder[]): (folder: Folder) => string | null {
  const there = new Set(folders.map((f) => f.id))
  return ({ parent_id }) => (parent_id !== null && there.has(parent_id) ? parent_id : null)
}

/** The folders as a tree laid flat: each after its parent, with its depth. */
export function folderTree(folders: Folder[]): FolderNode[] {
  const children = Map.groupBy(folders, parentsIn(folders))
  const walk = (parent: string | null, depth: number): FolderNode[] =>
    (children.get(parent) ?? none).flatMap((folder) => [{ folder, depth }, ...walk(folder.id, depth + 1)])
  return walk(null, 0)
}

/** How many customers are in each folder and in the folders below it. */
export function countsWithin(folders: Folder[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const children = Map.groupBy(folders, parentsIn(folders))
  const add = (folder: Folder): number => {
    const below = (children.get(folder.id) ?? none).reduce((sum, child) => sum + add(child), 0)
    counts.set(folder.id, folder.customers + below)
    return folder.customers + below
  }
  children.get(null)?.forEach(add)
  return counts
}

/** The kinds of records the live stream may say have changed. */
const PATHS: Record<string, Path> = { folder: '/folders', status: '/statuses', tag: '/tags', field: '/fields', user: '/users', role: '/roles', team: '/teams', key: '/keys' }

export const vocabularyKey = (path: Path) => ['vocabulary', path] as const

export function refreshVocabulary(client: QueryClient, subjectKind: string) {
  const path = PATHS[subjectKind]
  if (path) void client.invalidateQueries({ queryKey: ['vocabulary', path] })
}
