import { IconCheck } from '@tabler/icons-react'
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { count, fold } from '@/shared/format'
import { t } from '@/shared/i18n'
import classes from './PickList.module.css'

export interface PickItem {
  key: string
  label: string
  group?: string
  count?: number
  mark?: ReactNode
  detail?: string
  depth?: number
  checked?: boolean
  /** Further words by which it is found. */
  also?: string
}

interface Props {
  label: string
  placeholder: string
  items: PickItem[]
  /** Several can be chosen: the list stays and shows which. */
  several?: boolean
  /** One is chosen, and the list stays and shows which. */
  chooses?: boolean
  /** Takes what was typed as a value of its own. */
  onTyped?: (text: string) => void
  onPick: (key: string) => void
}

const SHOWN = 120

/** A list to choose from by typing a few letters; arrows and Enter work from the input. */
export function PickList({ label, placeholder, items, several, chooses, onTyped, onPick }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const typed = text.trim()
  const found = useMemo(() => {
    const words = fold(typed).split(/\s+/).filter(Boolean)
    return items.filter((item) => words.every((w) => fold(`${item.label} ${item.group ?? ''} ${item.detail ?? ''} ${item.also ?? ''}`).includes(w))).slice(0, SHOWN)
  }, [items, typed])
  const own = onTyped !== undefined && typed !== '' && !items.some((item) => fold(item.label) === fold(typed))
  const size = found.length + (own ? 1 : 0)
  const chosen = Math.min(at, size - 1)

  const take = (index: number) => {
    const item = found[index]
    if (item) onPick(item.key)
    else if (own) onTyped(typed)
    if (several && typed) setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && size > 0) setAt((chosen + step + size) % size)
    else if (event.key === 'Enter' && size > 0) take(chosen)
    else if (event.key === 'Escape' && text) {
      event.stopPropagation()
      setText('')
    } else return
    event.preventDefault()
  }
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, chosen])

  return (
    <div className={classes.pick}>
      <input
        data-autofocus
        className={classes.search}
        role="combobox"
        aria-label={label}
        aria-expanded={size > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={size > 0 ? `${id}-${chosen}` : undefined}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(e) => { setText(e.target.value); setAt(0) }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} aria-multiselectable={several || undefined} className={classes.list} data-popup>
        {found.map((item, i) => (
          <div key={item.key} role="presentation">
            {item.group !== undefined && item.group !== found[i - 1]?.group && <p className={classes.group} role="presentation">{item.group}</p>}
            <div
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={several || chooses ? (item.checked ?? false) : i === chosen}
              data-at={i === chosen || undefined}
              className={classes.option}
              style={item.depth ? { paddingInlineStart: 9 + item.depth * 18 } : undefined}
              onMouseMove={() => i !== at && setAt(i)}
              onMouseDown={(e) => { e.preventDefault(); take(i) }}
            >
              {several && <span className={classes.box} data-on={item.checked || undefined} aria-hidden>{item.checked && <IconCheck size={12} stroke={3} />}</span>}
              {item.mark}
              <span className={classes.label}>{item.label}{item.detail && <small> · {item.detail}</small>}</span>
              {chooses && item.checked && <IconCheck size={15} stroke={2.4} className={classes.chosen} aria-hidden />}
              {item.count !== undefined && <span className={`${classes.count} num`}>{count(item.count)}</span>}
            </div>
          </div>
        ))}
        {own && (
          <div id={`${id}-${found.length}`} role="option" tabIndex={-1} aria-selected={false} data-at={chosen === found.length || undefined} className={classes.option} onMouseDown={(e) => { e.preventDefault(); take(found.length) }}>
            <span className={classes.label}>{t('Take “{text}”', { text: typed })}</span>
          </div>
        )}
      </div>
      {size === 0 && <p className={classes.none}>{t('Nothing found')}</p>}
      {found.length === SHOWN && <p className={classes.none}>{t('Type to see others')}</p>}
    </div>
  )
}
