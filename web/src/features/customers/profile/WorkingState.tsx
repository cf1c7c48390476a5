import { IconUser } from '@tabler/icons-react'
import type { Customer, CustomerRow, Tone } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useUsers } from '@/shared/vocabulary'
import classes from './Header.module.css'

const STATES: Record<string, { tone: Tone; text: (name: string) => string }> = {
  available: { tone: 'ok', text: (name) => t('{name} is available', { name }) },
  busy: { tone: 'bad', text: (name) => t('{name} is busy', { name }) },
  away: { tone: 'mute', text: (name) => t('{name} is away', { name }) },
}

/** Who is responsible for this customer, and whether they can be reached now. */
export function WorkingState({ customer, row }: { customer: Customer | undefined; row: CustomerRow | undefined }) {
  const users = useUsers()
  const id = customer ? customer.workers.find((w) => w.responsible)?.user_id : row?.responsible_id
  const user = users.find((u) => u.id === id)
  if (!user) return <span><IconUser size={15} stroke={1.7} aria-hidden />{t('Nobody is responsible')}</span>
  const state = STATES[user.availability] ?? STATES.away!
  return <span className={classes.state} data-tone={state.tone}><i aria-hidden />{state.text(user.name)}</span>
}
