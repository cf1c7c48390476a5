import type { Money as Amount } from '../api'
import { money } from '../format'

export function Money({ value }: { value: Amount }) {
  return <span className="num">{money(value)}</span>
}
