import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { CustomersSearch } from './api/search'

export type Section = 'timeline' | 'profile' | 'notes' | 'related'

const HERE = '/_app/customers' as const

/** Some of what the address says about the list: whoever asks for no more is not drawn anew by each key of a search. */
export function useSearchOf<Name extends keyof CustomersSearch>(...names: Name[]): Pick<CustomersSearch, Name> {
  const part = (search: CustomersSearch): CustomersSearch => Object.fromEntries(names.map((name) => [name, search[name]]))
  return useSearch({ from: HERE, select: part, structuralSharing: true })
}

export function useSetSearch() {
  const navigate = useNavigate()
  return useCallback(
    (change: Partial<CustomersSearch>, replace = false) =>
      void navigate({ to: '.', search: (old: CustomersSearch) => ({ ...old, ...change }), replace }),
    [navigate],
  )
}

/** Everything that the address says about the list. Who is open does not matter here, so that nothing is drawn anew when one switches. */
export function useListSearch() {
  const search = useSearch({ from: HERE })
  return { search, setSearch: useSetSearch() }
}

/** What the address says is open, and the ways to open something else; whatever the list is narrowed to. */
export function useOpen() {
  const { customerId, section } = useParams({
    strict: false,
    select: (params) => ({ customerId: params.customerId, section: (params.section ?? 'timeline') as Section }),
    structuralSharing: true,
  })
  const navigate = useNavigate()

  const open = useCallback(
    (customerId: string, to: Section = section, replace = false) =>
      void navigate({ to: '/customers/$customerId/$section', params: { customerId, section: to }, search: withoutEvents, replace }),
    [navigate, section],
  )

  const close = useCallback(() => void navigate({ to: '/customers', search: withoutEvents }), [navigate])

  return { customerId, section, open, close }
}

/** The list and what is open. */
export function useWorkspace() {
  return { ...useListSearch(), ...useOpen() }
}

/** Another customer's timeline starts unfiltered. */
export function withoutEvents(old: CustomersSearch): CustomersSearch {
  const { events: _e, by: _b, until: _u, find: _f, ...list } = old
  return list
}
