import type { Folder } from '@/shared/api'
import { useCan, useSession } from '@/shared/session'
import { mapById, useFolders, useTeams } from '@/shared/vocabulary'
import { levelFor } from './access'

/** May one set this folder up? A rule of the folder says so, and where there is none, the role does. The server has the last word. */
export function useMayManage(): (folder: Folder, permission: string) => boolean {
  const session = useSession()
  const can = useCan()
  const byId = mapById(useFolders())
  const teams = useTeams()
  return (folder, permission) => {
    if (!session || session.role.key === 'owner') return can(permission)
    const mine = teams.filter((team) => team.user_ids.includes(session.user.id)).map((team) => team.id)
    const level = levelFor({ user: session.user.id, role: session.role.id, teams: mine }, folder, byId)
    return level === undefined ? can(permission) : level === 'manage'
  }
}
