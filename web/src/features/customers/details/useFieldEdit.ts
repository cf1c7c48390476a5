import { createContext, useContext, useRef } from 'react'
import { ApiError, isStatus, type Customer, type CustomerInput } from '@/shared/api'
import { useCan } from '@/shared/session'
import { toast } from '@/shared/ui'
import { useCustomerEdit } from '../api/edit'
import { setEditingField, useOthersHere } from '../profile/presence'

/** The record that the fields below belong to. */
export const CustomerContext = createContext<Customer | undefined>(undefined)

export function useCustomerContext(): Customer {
  const customer = useContext(CustomerContext)
  if (!customer) throw new Error('A customer field stands outside a customer')
  return customer
}

/** One field's life: begin remembers what the person saw, save writes it, errors stay at the field. */
export function useFieldEdit(field: string, pointer = `/${field.replace('.', '/')}`) {
  const customer = useCustomerContext()
  const edit = useCustomerEdit(customer.id, { showsErrors: true })
  const base = useRef<Customer>(undefined)
  const readOnly = !useCan()('customers.edit')
  const writer = useOthersHere(customer.id).find((p) => p.field === field)
  const failure = edit.error
  const error = failure instanceof ApiError ? (failure.at(pointer) ?? failure.message) : failure?.message

  return {
    customer,
    readOnly,
    error,
    problem: failure instanceof ApiError ? failure : undefined,
    writer: writer?.name,
    begin: () => {
      base.current ??= customer
      setEditingField(field)
    },
    end: () => {
      base.current = undefined
      setEditingField(null)
    },
    restore: () => edit.reset(),
    save: async (patch: CustomerInput): Promise<boolean> => {
      try {
        await edit.mutateAsync({ patch, base: base.current ?? customer })
        return true
      } catch (refused) {
        // What one may not change needs no second try: the field shows what holds, and the reason is said beside the work.
        if (!isStatus(refused, 403)) return false
        edit.reset()
        toast.failed(refused)
        return true
      }
    },
  }
}
