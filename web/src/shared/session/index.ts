import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, createElement, useContext, type ReactNode } from 'react'
import { api, ask, type Role, type Session, type Visibility } from '../api'

/** Who is signed in, for which business, and what they may do. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask<Session>(api.GET('/session'), true),
  staleTime: 5 * 60_000,
  retry: false,
})

const Here = createContext<Session | undefined>(undefined)

/** Asked once for everything behind the sign-in. */
export function SessionProvider({ children }: { children: ReactNode }) {
  return createElement(Here, { value: useQuery(sessionQuery).data }, children)
}

export const useSession = () => useContext(Here)

/** `can('customers.edit')`, asked of the signed-in person. The server has the last word. */
export function useCan(): (permission: string) => boolean {
  const permissions = useSession()?.permissions
  return (permission) => permissions?.includes(permission) ?? false
}

/** How far each visibility goes. */
export const FAR: Record<Visibility, number> = { none: 0, own: 1, team: 2, all: 3 }

/** How far a role shows what hangs on customers in an area: at most as far as the customers. */
export const farIn = (area: string, role: Pick<Role, 'visibility' | 'area_visibility'>) =>
  Math.min(FAR[role.visibility], FAR[role.area_visibility.find((one) => one.area === area)?.visibility ?? 'all'])

/** May this person read the area of every customer whom they see? Only then customers are found by what happened in it. */
export const readsAllOf = (area: string, { role, permissions }: Session) => permissions.includes(`${area}.view`) && farIn(area, role) === FAR[role.visibility]

/** The slug of /b/{slug}/…, or nothing for the default business. */
export function businessOf(path: string): string | undefined {
  const slug = /^\/b\/([^/]+)/.exec(path)?.[1]
  return slug && decodeURIComponent(slug)
}

/** A browser is signed in to one business at a time: is it the one that this address names? */
export function belongsHere(session: Session, path = location.pathname): boolean {
  const named = businessOf(path)
  return named === undefined || named === session.business.slug
}
