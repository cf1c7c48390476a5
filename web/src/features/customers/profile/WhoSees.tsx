import { lazy, Suspense, useState } from 'react'
import type { Customer } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'

const Viewers = lazy(() => import('../viewers/Viewers').then((m) => ({ default: m.Viewers })))

/** The question who can see this customer, for those who look after the staff. */
export function WhoSees({ customer }: { customer: Customer }) {
  const [asking, setAsking] = useState(false)
  const mayAsk = useCan()('users.edit')
  useCommands(mayAsk ? [{ id: 'customer.viewers', title: t('Who can see this customer'), group: customer.display_name, keys: 'shift+v', place: 3, run: () => setAsking(true) }] : [])
  if (!asking) return null
  return (
    <Suspense>
      <Viewers customer={customer} onClose={() => setAsking(false)} />
    </Suspense>
  )
}
