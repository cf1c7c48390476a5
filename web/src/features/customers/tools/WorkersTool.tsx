import { IconPlus, IconStar, IconUserMinus } from '@tabler/icons-react'
import type { Customer, Worker } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, IconButton, MenuButton } from '@/shared/ui'
import { mapById, useUsers } from '@/shared/vocabulary'
import { useCustomerEdit } from '../api/edit'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'
import { withWorker, withoutWorker, withResponsible } from './workers'

export function WorkersTool({ customer }: { customer: Customer }) {
  const users = useUsers()
  const byId = mapById(users)
  const edit = useCustomerEdit(customer.id)
  const mayEdit = useCan()('customers.edit')
  const set = (workers: Worker[]) => edit.mutate({ patch: { workers }, base: customer })
  const { workers } = customer
  const offered = users.filter((u) => u.state !== 'disabled' && !workers.some((w) => w.user_id === u.id))

  const add = mayEdit && offered.length > 0 && (
    <MenuButton
      position="bottom-end"
      width={230}
      dropdown={{ className: classes.tree }}
      button={
        <IconButton id="tool-worker" small label={t('Assign a worker')} tip={false}><IconPlus size={17} aria-hidden /></IconButton>
      }
    >
      {(Menu) => (
        <>
          {offered.map((u) => (
            <Menu.Item key={u.id} leftSection={<Avatar name={u.name} size={22} />} onClick={() => set(withWorker(workers, u.id))}>{u.name}</Menu.Item>
          ))}
        </>
      )}
    </MenuButton>
  )
  return (
    <Tool title={t('Workers')} action={add}>
      {workers.length === 0 && <p className={classes.none}>{t('Nobody yet. Assign who looks after them.')}</p>}
      <div className={classes.list}>
        {workers.map((w) => {
          const name = byId.get(w.user_id)?.name ?? t('Former colleague')
          return (
            <MenuButton
              key={w.user_id}
              position="bottom-end"
              width={220}
              button={
                <button type="button" className={classes.person} disabled={!mayEdit}>
                  <Avatar name={name} size={26} />
                  <span>{name}</span>
                  <em>{w.responsible ? t('Responsible') : (byId.get(w.user_id)?.title ?? '')}</em>
                </button>
              }
            >
              {(Menu) => (
                <>
                  {!w.responsible && <Menu.Item leftSection={<IconStar size={16} aria-hidden />} onClick={() => set(withResponsible(workers, w.user_id))}>{t('Make responsible')}</Menu.Item>}
                  <Menu.Item leftSection={<IconUserMinus size={16} aria-hidden />} onClick={() => set(withoutWorker(workers, w.user_id))}>{t('Take off')}</Menu.Item>
                </>
              )}
            </MenuButton>
          )
        })}
      </div>
    </Tool>
  )
}
