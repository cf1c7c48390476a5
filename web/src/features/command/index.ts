export { CommandCenter } from './CommandCenter'
