export { ProofDialog } from './ProofDialog'
