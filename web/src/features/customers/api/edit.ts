import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, askAs, customerBody, ifMatch, isStatus, type Customer, type CustomerInput } from '@/shared/api'
import { clashes } from '../conflict/conflict'
import { whichValue } from '../conflict/question'
import { customerOne, refreshTimelines } from './queries'
import { patchRows, rowChange } from './rows'

interface Edit {
  patch: CustomerInput
  /** The record as it was when the person began, to tell whether someone else touched the same field. */
  base: Customer
}

function send(id: string, patch: CustomerInput, version: number | undefined) {
  return askAs<Customer>(api.PATCH('/customers/{id}', { params: { path: { id } }, body: customerBody(patch), headers: ifMatch(version) }))
}

/** The record as this page knew it when an edit was made, before the edit itself was shown in it. */
const known = new WeakMap<Edit, Customer>()

/**
 * Writes an edit and asks about what meets a colleague's: what had come in live since the person began (`current`
 * against `base`), and what the server holds by then. Edits of different fields do not meet.
 */
async function write(id: string, patch: CustomerInput, base: Customer, current: Customer, version: number): Promise<Customer> {
  const met = clashes(base, current, patch)
  if (met.length > 0 && (await whichValue.ask({ customer: current, clashes: met })) === 'theirs') return current
  try {
    return await send(id, patch, version)
  } catch (error) {
    if (!isStatus(error, 412) || !error.problem.current) throw error
    const newer = error.problem.current as Customer
    return write(id, patch, current, newer, newer.version)
  }
}

function merged(customer: Customer, patch: CustomerInput): Customer {
  return { ...customer, ...patch, phones: (patch.phones as Customer['phones']) ?? customer.phones, custom: { ...customer.custom, ...patch.custom } }
}

function show(client: QueryClient, customer: Customer) {
  client.setQueryData(customerOne(customer.id).queryKey, customer)
  patchRows(client, [{ ...rowChange(customer.id, customer), version: customer.version }])
}

/** Edits one customer: shown at once, written in order, taken back when refused. */
export function useCustomerEdit(id: string, options: { showsErrors?: boolean } = {}) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `customer ${id}` },
    meta: { showsErrors: options.showsErrors ?? false },
    mutationFn: (edit: Edit) => {
      const version = client.getQueryData(customerOne(id).queryKey)?.version ?? edit.base.version
      return write(id, edit.patch, edit.base, known.get(edit) ?? edit.base, version)
    },
    onMutate: async (edit) => {
      const { patch, base } = edit
      await client.cancelQueries({ queryKey: customerOne(id).queryKey })
      const before = client.getQueryData(customerOne(id).queryKey) ?? base
      known.set(edit, before)
      show(client, merged(before, patch))
      return { before }
    },
    onError: (error, { patch }, result) => {
      if (!result) return
      const now = client.getQueryData(customerOne(id).queryKey) ?? result.before
      const back = Object.fromEntries(Object.keys(patch).map((k) => [k, result.before[k as keyof Customer]]))
      show(client, { ...now, ...back })
      // Out of sight, or no longer one's to change: what holds now is asked anew.
      if (isStatus(error, 403) || isStatus(error, 404)) void client.invalidateQueries({ queryKey: customerOne(id).queryKey })
    },
    onSuccess: (customer) => {
      show(client, customer)
      void refreshTimelines(client, id)
    },
  })
}

/** Edits a customer that may not be open, by reading it first: moving from the list, say. */
export async function editFromList(client: QueryClient, id: string, patch: CustomerInput) {
  const base = await client.fetchQuery(customerOne(id))
  patchRows(client, [rowChange(id, patch)])
  try {
    show(client, await write(id, patch, base, base, base.version))
  } catch (error) {
    patchRows(client, [rowChange(id, base)])
    throw error
  }
  void refreshTimelines(client, id)
  return base
}
