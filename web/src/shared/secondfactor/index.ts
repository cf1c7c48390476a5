export { CodeSetup } from './CodeSetup'
export { RecoveryCodes } from './RecoveryCodes'
export { addPasskey, beginCodes, confirmCodes, secondFactorQuery } from './api'
