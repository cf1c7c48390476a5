import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../api'

/** What signing in to a business offers besides the password. */
export const signInWays = (business: string | undefined) =>
  queryOptions({
    queryKey: ['ways', business ?? ''],
    queryFn: () => ask(api.GET('/session/ways', { params: { query: business ? { business } : {} } }), true),
    retry: false,
  })

/** The way to the provider and back: the page that it leads back to is one for all businesses, so where one was is kept here. */
const KEPT = 'patron.provider'

interface Left {
  basepath: string
  next?: string
}

export function leaveForProvider(url: string, left: Left) {
  sessionStorage.setItem(KEPT, JSON.stringify(left))
  location.assign(url)
}

export function whereLeft(): Left | undefined {
  try {
    const left: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null')
    return left && typeof left === 'object' && 'basepath' in left && typeof left.basepath === 'string' ? (left as Left) : undefined
  } catch {
    return undefined
  }
}
