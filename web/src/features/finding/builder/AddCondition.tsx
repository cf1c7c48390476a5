import { IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { FilterField } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useSession } from '@/shared/session'
import { OpenPopover } from '@/shared/ui/OpenMenu'
import { useFilterFields } from '../api/queries'
import { EVENTS, eventsFor } from '../events'
import { newChip, newGroup, type Chip, type Part } from '../model'
import { fieldLabel } from '../names'
import { waysOf } from '../ways'
import classes from './Builder.module.css'
import { PickList, type PickItem } from './PickList'

const PLACES = new Set(['folder_id', 'status_id', 'tag_id', 'segment_id', 'worker_id', 'responsible_id'])
const GROUP = 'group'
const SEARCH = 'search'

function groupOf(field: FilterField): string {
  if (PLACES.has(field.name)) return t('Where they are')
  if (field.name.startsWith('custom.')) return t('Own fields')
  return field.shape === 'time' || field.shape === 'date' ? t('When') : t('About them')
}

const ORDER = [t('Where they are'), t('About them'), t('When'), t('Own fields')]

function useItems(groups: boolean): PickItem[] {
  const fields = useFilterFields()
  const session = useSession()
  return useMemo(() => {
    const own = fields.map((f) => ({ key: `field ${f.name}`, label: fieldLabel(f), group: groupOf(f), also: `${f.label} ${f.name}` })).toSorted((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group))
    const events = eventsFor(session).map((e) => ({ key: `event ${e.key}`, label: e.label, group: t('What happened: {group}', { group: e.group }), also: e.key }))
    const more = [{ key: SEARCH, label: t('Words, as in the search'), group: t('More') }, ...(groups ? [{ key: GROUP, label: t('A group of conditions, any of which is enough'), group: t('More'), also: t('or any either') }] : [])]
    return [...own, ...events, ...more]
  }, [fields, groups, session])
}

function made(key: string, fields: FilterField[]): Part | undefined {
  if (key === GROUP) return newGroup([])
  if (key === SEARCH) return newChip({ search: true }, 'found')
  const [kind, name] = [key.slice(0, 5), key.slice(6)]
  if (kind === 'event') {
    const event = EVENTS.find((e) => e.key === name)
    return event && newChip({ event: event.subject }, 'some', [0])
  }
  const field = fields.find((f) => f.name === name)
  const way = field && waysOf(field)[0]
  return field && way && newChip({ field: field.name }, way, way === 'in_last' ? [30] : [])
}

interface Props {
  id?: string
  /** A group may be added too. */
  groups: boolean
  compact?: boolean
  onAdd: (part: Part | Chip) => void
}

/** What else is to hold: every field, every event, found by a few letters. */
export function AddCondition({ id, groups, compact, onAdd }: Props) {
  const [opened, setOpened] = useState(false)
  // The new condition's editor takes the focus: it must not be given back here.
  const [handedOn, setHandedOn] = useState(false)
  const fields = useFilterFields()
  const items = useItems(groups)
  const pick = (key: string) => {
    const part = made(key, fields)
    setHandedOn(part?.kind === 'chip')
    setOpened(false)
    if (part) onAdd(part)
  }
  return (
    <OpenPopover
      label={t('Add a condition')}
      className={classes.dropdown}
      width={310}
      opened={opened}
      onChange={setOpened}
      returnFocus={!handedOn}
      target={
        <button id={id} type="button" className={classes.add} data-compact={compact || undefined} aria-label={t('Add a condition')} onClick={() => { setHandedOn(false); setOpened(!opened) }}>
          <IconPlus size={15} stroke={2} aria-hidden />
          {!compact && t('Add a condition')}
        </button>
      }
    >
      <PickList label={t('Condition')} placeholder={t('Field, event …')} items={items} onPick={pick} />
    </OpenPopover>
  )
}
