import type { Field } from '../api'
import { useUsers } from '../vocabulary'

/** What a custom field may be chosen from: the staff where it names a colleague, else its own options. */
export function useFieldOptions(): (field: Pick<Field, 'type' | 'options'>) => { value: string; label: string }[] {
  const users = useUsers()
  return ({ type, options }) => (type === 'user' ? users.map(({ id, name }) => ({ value: id, label: name })) : options)
}
