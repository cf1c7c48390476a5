import { Suspense, useState } from 'react'
import type { Customer } from '@/shared/api'
import { useCommands } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { part } from '@/shared/ui'

const Viewers = part(() => import('../viewers/Viewers'), (m) => m.Viewers)
const Looks = part(() => import('../viewers/Looks'), (m) => m.Looks)

/** Who can see this customer, for those who look after the staff; and who did look, for those who may read the audit log. */
export function WhoSees({ customer }: { customer: Customer }) {
  const [asking, setAsking] = useState<'viewers' | 'looks'>()
  const can = useCan()
  const group = customer.display_name
  useCommands([
    ...(can('users.edit') ? [{ id: 'customer.viewers', title: t('Who can see this customer'), group, keys: 'shift+v', place: 3, run: () => setAsking('viewers') }] : []),
    ...(can('audit.view') ? [{ id: 'customer.looks', title: t('Who looked at this customer'), group, keys: 'shift+w', place: 3, run: () => setAsking('looks') }] : []),
  ])
  if (!asking) return null
  const Answer = asking === 'viewers' ? Viewers : Looks
  return (
    <Suspense>
      <Answer customer={customer} onClose={() => setAsking(undefined)} />
    </Suspense>
  )
}
