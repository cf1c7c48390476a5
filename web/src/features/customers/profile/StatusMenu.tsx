import { IconChevronDown } from '@tabler/icons-react'
import type { Customer, CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { MenuButton, StatusPill } from '@/shared/ui'
import { statusesOf, mapById, useFolders, useStatuses } from '@/shared/vocabulary'
import { useCustomerEdit } from '../api/edit'
import classes from './Header.module.css'

interface Props {
  id: string
  known: Customer | CustomerRow
  customer: Customer | undefined
}

/** The status, and the list of the customer's folder to choose another from. */
export function StatusMenu({ id, known, customer }: Props) {
  const statuses = useStatuses()
  const folders = mapById(useFolders())
  const edit = useCustomerEdit(id)
  const mayEdit = useCan()('customers.edit')
  const current = statuses.find((s) => s.id === known.status_id)
  const offered = statusesOf(known.folder_id, folders, statuses)
  if (!current && offered.length === 0) return null
  const pill = <StatusPill name={current?.name ?? t('No status')} tone={current?.tone ?? 'mute'} />
  if (!customer || !mayEdit || offered.length === 0) return pill
  return (
    <MenuButton
      width={190}
      button={
        <button id="status-menu" type="button" className={classes.statusButton} aria-label={t('Status: {name}', { name: current?.name ?? t('No status') })}>
          {pill}
          <IconChevronDown size={15} stroke={2} aria-hidden />
        </button>
      }
    >
      {(Menu) => (
        <>
          {offered.map((s) => (
            <Menu.RadioItem key={s.id} value={s.id} checked={s.id === known.status_id} onChange={(status_id) => edit.mutate({ patch: { status_id }, base: customer })}>
              <StatusPill name={s.name} tone={s.tone} />
            </Menu.RadioItem>
          ))}
        </>
      )}
    </MenuButton>
  )
}
