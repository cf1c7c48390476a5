import { queryOptions } from '@tanstack/react-query'
import { api, ask, ifMatch, type Business } from '@/shared/api'

export const businessQuery = queryOptions({ queryKey: ['business'], queryFn: () => ask<Business>(api.GET('/business')) })

export const changeBusiness = (business: Business, change: Partial<Business>) =>
  ask<Business>(api.PATCH('/business', { body: change, headers: ifMatch(business.version) }))
