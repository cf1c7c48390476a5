/** Who else is looking at this customer, and saying that I am. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, viewedAs } from '@/shared/api'
import { useSession } from '@/shared/session'
import { store } from '@/shared/store'
import { customerPresence } from '../api/queries'

const HEARTBEAT = 30_000
/** Long enough to know that somebody stays, rather than walks down the list. */
const SETTLED = 600
const editing = store<string | null>(null)

/** Names the field the person is writing in, or null. */
export const setEditingField = editing.set

export function usePresenceHeartbeat(id: string) {
  const field = editing.use()
  const said = useRef(false)
  useEffect(() => {
    const say = () => {
      // Whoever looks as somebody else is not there in their name.
      if (document.visibilityState !== 'visible' || viewedAs()) return
      said.current = true
      api.PUT('/customers/{id}/presence', { params: { path: { id } }, body: { field } }).catch(() => {})
    }
    const first = setTimeout(say, SETTLED)
    const timer = setInterval(say, HEARTBEAT)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [id, field])
  // Who only passed by was never said to be there.
  useEffect(
    () => () => {
      if (said.current) api.DELETE('/customers/{id}/presence', { params: { path: { id } } }).catch(() => {})
      said.current = false
    },
    [id],
  )
}

/** The others on this customer; never myself. */
export function useOthersHere(id: string) {
  const me = useSession()?.user.id
  const [settled] = useDebouncedValue(id, SETTLED)
  const { data = [] } = useQuery({ ...customerPresence(id), enabled: settled === id, refetchInterval: 60_000 })
  return data.filter((p) => p.user_id !== me)
}
