import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState, type KeyboardEvent } from 'react'
import type { CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import { readRows } from '../api/queries'
import classes from './CustomerPicker.module.css'

interface Props {
  label: string
  /** Not offered: the customer itself, say. */
  except?: string
  onPick: (row: CustomerRow) => void
  /** Offers to make a new customer of what was typed. */
  onCreate?: (name: string) => void
  onCancel: () => void
}

/** A search for one customer, in place. */
export function CustomerPicker({ label, except, onPick, onCreate, onCancel }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [q] = useDebouncedValue(text.trim(), 120)
  const found = useQuery({
    queryKey: ['customers', 'picker', q],
    queryFn: () => readRows({ q: q || undefined, limit: '8' }),
    placeholderData: keepPreviousData,
  }).data?.data.filter((r) => r.id !== except) ?? []
  const rows = found.slice(0, 6)
  const mayCreate = Boolean(onCreate && text.trim())
  const size = rows.length + (mayCreate ? 1 : 0)
  const chosen = Math.min(at, size - 1)
  const take = (index: number) => (rows[index] ? onPick(rows[index]) : mayCreate && onCreate?.(text.trim()))

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && size > 0) setAt((chosen + step + size) % size)
    else if (event.key === 'Enter') take(chosen)
    else if (event.key === 'Escape') onCancel()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classes.picker}>
      <input
        autoFocus
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={size > 0}
        aria-controls={id}
        aria-activedescendant={size > 0 ? `${id}-${chosen}` : undefined}
        placeholder={t('Name, company, e-mail…')}
        value={text}
        onChange={(e) => {
          setText(e.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label}>
        {rows.map((row, i) => (
          <div key={row.id} id={`${id}-${i}`} role="option" tabIndex={-1} aria-selected={i === chosen} onMouseDown={(e) => { e.preventDefault(); take(i) }}>
            <Avatar name={row.display_name} size={24} square={row.kind === 'company'} photoId={row.photo_id} />
            <b>{row.display_name}</b>
            <span>{row.company_name ?? row.city}</span>
          </div>
        ))}
        {mayCreate && (
          <div id={`${id}-${rows.length}`} role="option" tabIndex={-1} aria-selected={chosen === rows.length} onMouseDown={(e) => { e.preventDefault(); take(rows.length) }}>
            <IconPlus size={16} aria-hidden />
            <b>{t('Create “{name}”', { name: text.trim() })}</b>
          </div>
        )}
      </div>
    </div>
  )
}
