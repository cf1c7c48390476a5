import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, ask, type Expression } from '@/shared/api'

const BASE_FRESH_MS = 60_000

export const filterFieldsQuery = queryOptions({
  queryKey: ['finding', 'fields'],
  queryFn: async () => (await ask(api.GET('/customers/filters'))).data,
  staleTime: 5 * 60_000,
})

/** How many customers have each value of a field, of those that `query` leaves. */
export const tallyQuery = (by: string, query: Record<string, string | string[] | undefined> = {}, sum?: string) =>
  queryOptions({
    queryKey: ['finding', 'tally', by, query, sum],
    queryFn: () => ask(api.GET('/customers/tally', { params: { query: { ...query, by, ...(sum ? { sum } : {}) } } })),
    placeholderData: keepPreviousData,
    staleTime: BASE_FRESH_MS,
  })

/** How many there are with a filter; everybody without one. */
export const matchingQuery = (query: Record<string, string | string[] | undefined>) =>
  queryOptions({
    queryKey: ['customers', 'count', query],
    queryFn: async () => (await ask(api.GET('/customers', { params: { query: { ...query, shape: 'row', limit: '1' } as object } }))).total,
    staleTime: 30_000,
  })

export const filterParam = (expression: Expression | undefined) => (expression ? { filter: JSON.stringify(expression) } : {})

const none: never[] = []
export const useFilterFields = () => useQuery(filterFieldsQuery).data ?? none
