/** The feature's second face: what is loaded with a screen that builds filters, apart from the first screen. */
import { part } from '@/shared/ui'

export { packFilter } from './address'
export { segmentsQuery } from './api/kept'
export { filterParam, matchingQuery, tallyQuery, useFilterFields } from './api/queries'
export { useChangeView } from './api/views'
export { chipOf } from './builder/ChipButton'
export { FilterBuilder } from './builder/FilterBuilder'
export { fieldLabel, useNames } from './names'
export { expressionText, shareText } from './words'
export const SaveView = part(() => import('./views/SaveView'), (m) => m.SaveView)
export { segmentMembers, segmentPreview, segmentQuery, useChangeSegment, useCreateSegment, useRemoveSegment } from './api/segments'
