/** What can be done with many customers: what each needs to know, and how it is said. */
import type { BulkAction } from '@/shared/api'
import { t } from '@/shared/i18n'

export type ActionKind = 'add_tags' | 'remove_tags' | 'move_to' | 'set_status' | 'assign' | 'unassign' | 'set_field' | 'delete' | 'restore' | 'export'

export interface Drafted {
  ids?: string[]
  folder?: string
  status?: string
  user?: string
  responsible?: boolean
  field?: string
  value?: unknown
  sensitive?: boolean
}

export interface Look {
  title: string
  /** What the button says: “Add to 12 customers”. */
  act: (n: string) => string
  needs: string
  danger?: true
}

export const ACTIONS: Record<ActionKind, Look> = {
  add_tags: { title: t('Add tags'), act: (n) => t('Tag {n}', { n }), needs: 'customers.edit' },
  remove_tags: { title: t('Take tags off'), act: (n) => t('Take off from {n}', { n }), needs: 'customers.edit' },
  move_to: { title: t('Move to a folder'), act: (n) => t('Move {n}', { n }), needs: 'customers.edit' },
  set_status: { title: t('Set the status'), act: (n) => t('Set for {n}', { n }), needs: 'customers.edit' },
  assign: { title: t('Assign a worker'), act: (n) => t('Assign {n}', { n }), needs: 'customers.edit' },
  unassign: { title: t('Take a worker off'), act: (n) => t('Take off from {n}', { n }), needs: 'customers.edit' },
  set_field: { title: t('Set a field'), act: (n) => t('Set for {n}', { n }), needs: 'customers.edit' },
  delete: { title: t('Move to the bin'), act: (n) => t('Move {n} to the bin', { n }), needs: 'customers.delete', danger: true },
  restore: { title: t('Bring back from the bin'), act: (n) => t('Bring back {n}', { n }), needs: 'customers.delete' },
  export: { title: t('Export as CSV'), act: (n) => t('Export {n}', { n }), needs: 'customers.export' },
}

/** The order as the server takes it; undefined while something is missing. */
export function actionOf(kind: ActionKind, d: Drafted): BulkAction | undefined {
  switch (kind) {
    case 'add_tags': return d.ids?.length ? { add_tags: d.ids } : undefined
    case 'remove_tags': return d.ids?.length ? { remove_tags: d.ids } : undefined
    case 'move_to': return d.folder ? { move_to: d.folder, ...(d.status ? { status_id: d.status } : {}) } : undefined
    case 'set_status': return d.status ? { set_status: d.status } : undefined
    case 'assign': return d.user ? { assign: { user_id: d.user, responsible: d.responsible ?? false } } : undefined
    case 'unassign': return d.user ? { unassign: { user_id: d.user } } : undefined
    case 'set_field': return d.field && d.value !== undefined ? { set_field: { field: d.field, value: d.value } } : undefined
    case 'delete': return { delete: true }
    case 'restore': return { restore: true }
    case 'export': return { export: { format: 'csv', ...(d.sensitive && { sensitive: true }) } }
    default: return undefined
  }
}

/** A job in words, from what was asked. */
export function actionText(action: BulkAction | undefined, name: (id: string) => string, field: (key: string) => string): string {
  if (!action) return t('Work on many customers')
  const names = (ids: string[]) => ids.map(name).join(', ')
  if ('add_tags' in action) return t('Adding {tags}', { tags: names(action.add_tags) })
  if ('remove_tags' in action) return t('Taking off {tags}', { tags: names(action.remove_tags) })
  if ('move_to' in action) return t('Moving to {folder}', { folder: name(action.move_to) })
  if ('set_status' in action) return t('Setting the status {status}', { status: name(action.set_status) })
  if ('assign' in action) return t('Assigning {name}', { name: name(action.assign.user_id) })
  if ('unassign' in action) return t('Taking {name} off', { name: name(action.unassign.user_id) })
  if ('set_field' in action) return t('Setting {field}', { field: field(action.set_field.field) })
  if ('delete' in action) return t('Moving to the bin')
  return 'restore' in action ? t('Bringing back from the bin') : t('Exporting')
}
