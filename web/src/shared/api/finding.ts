/**
 * Filters (docs/filters.md) and the actions of bulk work (docs/bulk.md). The description gives a filter as any object and
 * an action with all of its members at once: which of them go together stands here.
 */
export type Days = { days_ago: number } | { days_ahead: number }
export type Operand = string | number | boolean | Days
export type Comparison = {
  field: string
  is?: Operand | Operand[]
  is_not?: Operand | Operand[]
  within?: string
  gt?: Operand
  gte?: Operand
  lt?: Operand
  lte?: Operand
  contains?: string
  empty?: boolean
}
export type Happened = {
  event: string | string[]
  /** Kinds after which a subject (a booking, a subscription) no longer counts. */
  until?: string | string[]
  upcoming?: boolean
  /** Kinds whose sums are taken off. */
  less?: string | string[]
  in_days?: number
  since?: string
  count?: { gt?: number; gte?: number; lt?: number; lte?: number }
  sum?: string
  gte?: number
  /** Among the highest so many per cent of the sums, instead of gte. */
  top_percent?: number
}
export type Leaf = Comparison | Happened | { search: string }
export type Expression = Leaf | { all: Expression[] } | { any: Expression[] } | { not: Expression }

export type BulkAction =
  | { add_tags: string[] }
  | { remove_tags: string[] }
  | { move_to: string; status_id?: string }
  | { set_status: string }
  | { assign: { user_id: string; responsible: boolean } }
  | { unassign: { user_id: string } }
  | { set_field: { field: string; value: unknown } }
  | { delete: true }
  | { restore: true }
  | { export: { format: 'csv'; sensitive?: boolean } }
export type BulkFilter = Expression | { ids: string[] }
export type BulkOrder = {
  filter: BulkFilter
  action: BulkAction
}
