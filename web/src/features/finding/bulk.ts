/** The feature's third face: work on many customers, loaded when some are selected. */
export { ACTIONS, type ActionKind } from './bulk/actions'
export { BulkDialog } from './bulk/BulkDialog'
