import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { View } from '@/shared/api'
import { t } from '@/shared/i18n'
import { movedBy } from '@/shared/places'
import { useCan, useSession } from '@/shared/session'
import { Dialog, Empty, IconButton } from '@/shared/ui'
import { mapById, useUsers } from '@/shared/vocabulary'
import { useViews } from '../api/kept'
import { useChangeView, useDeleteView, usePlaceViews } from '../api/views'
import classes from './Views.module.css'

/** All views one sees: renamed, shared, put in order, deleted. */
export function ManageViews({ onClose }: { onClose: () => void }) {
  const views = useViews()
  const users = mapById(useUsers())
  const me = useSession()?.user.id
  const manages = useCan()('business.edit')
  const place = usePlaceViews()
  const change = useChangeView()
  const remove = useDeleteView()
  return (
    <Dialog title={t('Views')} opened onClose={onClose} size={560}>
      {views.length === 0 && <Empty title={t('No views yet')}>{t('Filter the list, then save it as a view.')}</Empty>}
      <ul className={classes.list}>
        {views.map((view, i) => {
          const mine = view.owner_id === me || manages
          return (
            <li key={view.id} className={classes.row}>
              <div className={classes.main}>
                <NameBox key={view.name} view={view} disabled={!mine} onSave={(name) => change.mutate({ view, change: { name } })} />
                {view.broken && <p className={classes.broken}><IconAlertTriangle size={14} aria-hidden />{view.problem}</p>}
                {view.owner_id !== me && <small>{t('shared by {name}', { name: users.get(view.owner_id)?.name ?? t('someone') })}</small>}
              </div>
              <label className={classes.shared}>
                <input type="checkbox" checked={view.shared} disabled={!mine} onChange={(e) => change.mutate({ view, change: { shared: e.target.checked } })} />
                {t('Shared')}
              </label>
              <IconButton small label={t('Move {name} up', { name: view.name })} tip="top" disabled={!mine || i === 0} onClick={() => place.mutate(movedBy(views, view.id, -1))}><IconArrowUp size={16} aria-hidden /></IconButton>
              <IconButton small label={t('Move {name} down', { name: view.name })} tip="top" disabled={!mine || i === views.length - 1} onClick={() => place.mutate(movedBy(views, view.id, 1))}><IconArrowDown size={16} aria-hidden /></IconButton>
              <IconButton small label={t('Delete the view {name}', { name: view.name })} tip="top" disabled={!mine} onClick={() => remove.mutate(view)}><IconTrash size={16} stroke={1.7} aria-hidden /></IconButton>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}

function NameBox({ view, disabled, onSave }: { view: View; disabled: boolean; onSave: (name: string) => void }) {
  const [text, setText] = useState(view.name)
  const save = () => {
    const name = text.trim()
    if (name && name !== view.name) onSave(name)
    else setText(view.name)
  }
  return (
    <input
      className={classes.name}
      aria-label={t('Name of the view')}
      maxLength={100}
      value={text}
      disabled={disabled}
      onChange={(e) => setText(e.target.value)}
      onBlur={save}
      onKeyDown={(e) => { if (e.key === 'Enter') e.currentTarget.blur() }}
    />
  )
}
