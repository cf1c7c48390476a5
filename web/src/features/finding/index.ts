import { part } from '@/shared/ui'

export { packFilter, unpackFilter } from './address'
export { both, countConditions } from './expression'
export { useSegments, useViews, useVip } from './api/kept'
export const FindingCenter = part(() => import('./FindingCenter'), (m) => m.FindingCenter)
