import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask, ifMatch } from '@/shared/api'
import { teamsQuery } from '@/shared/vocabulary'
import { put } from './records'

interface Change {
  joins?: string
  leaves?: string
}

/** Lets people into a team and out of it, as fast as they are picked: one change after the other, each on what the one before left. */
export function useMembers(id: string) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `members ${id}` },
    meta: { showsErrors: true },
    mutationFn: ({ joins, leaves }: Change) => {
      const team = client.getQueryData(teamsQuery.queryKey)?.find((x) => x.id === id)
      const stay = team?.user_ids.filter((user) => user !== leaves && user !== joins) ?? []
      return ask(api.PATCH('/teams/{id}', { params: { path: { id } }, body: { user_ids: joins ? [...stay, joins] : stay }, headers: ifMatch(team?.version) }))
    },
    onSuccess: (team) => put(client, '/teams', team),
    onError: () => void client.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  })
}
