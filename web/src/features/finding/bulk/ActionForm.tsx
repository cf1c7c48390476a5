import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, CheckBox, SelectBox, StatusDot } from '@/shared/ui'
import { countsWithin, folderTree, statusesOf, mapById, useFields, useFolders, useStatuses, useTags, useUsers } from '@/shared/vocabulary'
import { tallyQuery } from '../api/queries'
import { PickList, type PickItem } from '../builder/PickList'
import type { ActionKind, Drafted } from './actions'
import { FieldValue } from './FieldValue'

interface Props {
  kind: ActionKind
  drafted: Drafted
  onChange: (drafted: Drafted) => void
}

/** What an action needs to know. */
export function ActionForm({ kind, drafted, onChange }: Props) {
  const tags = useTags()
  const users = useUsers().filter((u) => u.state !== 'disabled')
  switch (kind) {
    case 'add_tags': case 'remove_tags': {
      const ids = drafted.ids ?? []
      const items = tags.map((tag): PickItem => ({ key: tag.id, label: tag.name, count: tag.customers, mark: <StatusDot tone={tag.tone} />, checked: ids.includes(tag.id) }))
      return <PickList label={t('Tags')} placeholder={t('Find a tag')} several items={items} onPick={(id) => onChange({ ids: ids.includes(id) ? ids.filter((x) => x !== id) : [...ids, id] })} />
    }
    case 'move_to': return <MoveForm drafted={drafted} onChange={onChange} />
    case 'set_status': return <StatusForm drafted={drafted} onChange={onChange} />
    case 'assign': case 'unassign':
      return (
        <>
          <PickList label={t('Worker')} placeholder={t('Find a colleague')} chooses items={users.map((u) => ({ key: u.id, label: u.name, detail: u.title ?? undefined, mark: <Avatar name={u.name} size={22} />, checked: u.id === drafted.user }))} onPick={(user) => onChange({ ...drafted, user: user === drafted.user ? undefined : user })} />
          {kind === 'assign' && <CheckBox label={t('Responsible')} help={t('In place of who is responsible now.')} checked={drafted.responsible ?? false} onChange={(e) => onChange({ ...drafted, responsible: e.target.checked })} />}
        </>
      )
    case 'export': return <ExportForm drafted={drafted} onChange={onChange} />
    case 'set_field': return <FieldValue drafted={drafted} onChange={onChange} />
    default: return null
  }
}

type FormProps = Omit<Props, 'kind'>

function MoveForm({ drafted, onChange }: FormProps) {
  const folders = useFolders()
  const offered = statusesOf(drafted.folder ?? null, mapById(folders), useStatuses())
  const within = countsWithin(folders)
  const items = folderTree(folders).map(({ folder, depth }): PickItem => ({ key: folder.id, label: folder.name, depth, count: within.get(folder.id), mark: <StatusDot tone={folder.tone} />, checked: folder.id === drafted.folder }))
  return (
    <>
      <PickList label={t('Folder')} placeholder={t('Find a folder')} chooses items={items} onPick={(folder) => onChange({ folder: folder === drafted.folder ? undefined : folder })} />
      {offered.length > 0 && (
        <SelectBox label={t('Status there')} value={drafted.status ?? ''} onChange={(e) => onChange({ ...drafted, status: e.target.value || undefined })}>
          <option value="">{t('kept if it fits, else the folder’s own')}</option>
          {offered.map((s) => <option key={s.id} value={s.id}>{s.name}</option>)}
        </SelectBox>
      )}
    </>
  )
}

/** Sensitive fields stay out of files unless they are asked for. */
function ExportForm({ drafted, onChange }: FormProps) {
  const can = useCan()
  const sensitive = useFields().filter((field) => field.sensitive)
  if (sensitive.length === 0 || !can('customers.sensitive')) return null
  return <CheckBox label={t('With sensitive fields')} help={sensitive.map((field) => field.label).join(', ')} checked={drafted.sensitive ?? false} onChange={(e) => onChange({ ...drafted, sensitive: e.target.checked || undefined })} />
}

function StatusForm({ drafted, onChange }: FormProps) {
  const folders = mapById(useFolders())
  const counts = new Map(useQuery(tallyQuery('status_id')).data?.data.map((line) => [line.value, line.count]))
  const items = useStatuses().map((s): PickItem => ({ key: s.id, label: s.name, count: counts.get(s.id) ?? 0, detail: folders.get(s.folder_id)?.name, mark: <StatusDot tone={s.tone} />, checked: s.id === drafted.status }))
  return <PickList label={t('Status')} placeholder={t('Find a status')} chooses items={items} onPick={(status) => onChange({ status: status === drafted.status ? undefined : status })} />
}
