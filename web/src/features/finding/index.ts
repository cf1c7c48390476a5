import { lazy } from 'react'

export { packFilter, unpackFilter } from './address'
export { both, countConditions } from './expression'
export { useSegments, useViews, useVip } from './api/kept'
export const FindingCenter = lazy(() => import('./FindingCenter').then((m) => ({ default: m.FindingCenter })))
