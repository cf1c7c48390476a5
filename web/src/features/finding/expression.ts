import type { Expression } from '@/shared/api'

/** How many conditions a filter holds, for the mark on the button. */
export function countConditions(expression: Expression | undefined): number {
  if (!expression) return 0
  if ('all' in expression) return expression.all.reduce((n, e) => n + countConditions(e), 0)
  if ('any' in expression) return expression.any.reduce((n, e) => n + countConditions(e), 0)
  return 'not' in expression ? countConditions(expression.not) : 1
}

/** Both at once; conditions of an "all" are laid side by side. */
export function both(one: Expression | undefined, other: Expression | undefined): Expression | undefined {
  if (!one || !other) return one ?? other
  const list = (e: Expression) => ('all' in e ? e.all : [e])
  return { all: [...list(one), ...list(other)] }
}
