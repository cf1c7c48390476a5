import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { chipOf, expressionText, SaveView, useChangeView, useNames } from '@/features/finding/build'
import { t } from '@/shared/i18n'
import { runCommand } from '@/shared/commands'
import { useCan, useSession } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import { shownFilter, sortOf, wholeFilter } from '../api/search'
import { useListSearch } from '../useWorkspace'
import { useOpenView } from './useOpenView'
import classes from './ViewBar.module.css'

/** What the list is filtered by, in words; and when a view was changed, the ways to keep that. */
export function ViewBar() {
  const { search, setSearch } = useListSearch()
  const { view, openView, leave } = useOpenView()
  const names = useNames()
  const change = useChangeView()
  const can = useCan()
  const me = useSession()?.user.id
  const [saving, setSaving] = useState(false)
  const shown = shownFilter(search)
  const whole = wholeFilter(search)
  const modified = view !== undefined && (JSON.stringify(whole ?? { all: [] }) !== JSON.stringify(view.filter) || (view.sort ?? undefined) !== sortOf(search))
  const mine = view !== undefined && (view.owner_id === me || can('business.edit'))
  const save = () => view && change.mutate({ view, change: { filter: whole ?? { all: [] }, sort: sortOf(search) ?? null } }, { onSuccess: openView })
  return (
    <div className={classes.bar}>
      {view?.broken && <p className={classes.broken} role="alert"><IconAlertTriangle size={15} aria-hidden />{view.problem ?? t('This view names something that is no longer there.')}</p>}
      <div className={classes.line}>
        <button type="button" className={classes.words} onClick={() => runCommand('list.filter')}>
          <span className="sr">{t('Change the filter:')} </span>
          {shown ? t('Customers {conditions}', { conditions: expressionText(shown, names, chipOf) }) : t('Everybody')}
        </button>
        <IconButton small label={view ? t('Leave the view') : t('Clear the filter')} onClick={() => setSearch({ ...leave, filter: undefined })}><IconX size={15} aria-hidden /></IconButton>
      </div>
      {(modified || !view) && can('views.create') && (
        <div className={classes.acts}>
          {modified && <span className={classes.modified}>{t('Changed')}</span>}
          {modified && mine && <button type="button" disabled={change.isPending} onClick={save}>{t('Save')}</button>}
          <button type="button" onClick={() => setSaving(true)}>{view ? t('Save as…') : t('Save as view…')}</button>
          {modified && <button type="button" onClick={() => openView(view)}>{t('Take back')}</button>}
        </div>
      )}
      {saving && (
        <Suspense>
          <SaveView filter={whole} sort={sortOf(search)} onClose={() => setSaving(false)} onSaved={openView} />
        </Suspense>
      )}
    </div>
  )
}
