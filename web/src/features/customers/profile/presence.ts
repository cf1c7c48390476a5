/** Who else is looking at this customer, and saying that I am. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { api } from '@/shared/api'
import { useSession } from '@/shared/session'
import { customerPresence } from '../api/queries'

const HEARTBEAT = 30_000
let editing: string | null = null
const listeners = new Set<() => void>()

/** Names the field the person is writing in, or null. */
export function setEditingField(field: string | null) {
  if (field === editing) return
  editing = field
  listeners.forEach((l) => l())
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePresenceHeartbeat(id: string) {
  const field = useSyncExternalStore(subscribe, () => editing)
  useEffect(() => {
    const say = () => {
      if (document.visibilityState === 'visible') api.PUT('/customers/{id}/presence', { params: { path: { id } }, body: { field } }).catch(() => {})
    }
    const first = setTimeout(say, 300)
    const timer = setInterval(say, HEARTBEAT)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [id, field])
  useEffect(() => () => void api.DELETE('/customers/{id}/presence', { params: { path: { id } } }).catch(() => {}), [id])
}

/** The others on this customer; never myself. */
export function useOthersHere(id: string) {
  const me = useSession()?.user.id
  const { data = [] } = useQuery({ ...customerPresence(id), refetchInterval: 60_000 })
  return data.filter((p) => p.user_id !== me)
}
