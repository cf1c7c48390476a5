/** The feature's light face, for the routes: what the address means and what is read for it, without a screen. */
export { prefetchCustomer, customerRows } from './api/queries'
export { listQuery, readSearch } from './api/search'
export { readBoard } from './board/search'
export { SECTIONS } from './profile/sections'
