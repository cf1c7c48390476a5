import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { fold } from '@/shared/format'
import { t } from '@/shared/i18n'
import own from './Picker.module.css'

export interface Pick {
  id: string
  name: string
  /** What kind of thing it is, under the name. */
  note?: string
  icon: ReactNode
}

interface Props {
  label: string
  placeholder: string
  picks: Pick[]
  onPick: (id: string) => void
}

/**
 * One of many by typing a few letters of the name: the field drives the list. What was picked leaves the list at once,
 * before the server has answered, so that the next Enter picks the next one.
 */
export function Picker({ label, placeholder, picks, onPick }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [taken, setTaken] = useState<string[]>([])
  const found = picks.filter((p) => !taken.includes(p.id) && fold(p.name).includes(fold(text.trim())))
  const chosen = Math.min(at, found.length - 1)
  const take = (index: number) => {
    const pick = found[index]
    if (!pick) return
    setText('')
    setTaken((ids) => [...ids, pick.id])
    onPick(pick.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && found.length > 0) {
      const next = (chosen + step + found.length) % found.length
      setAt(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') take(chosen)
    else return
    event.preventDefault()
  }
  return (
    <>
      <input className={own.search} data-autofocus role="combobox" aria-label={label} aria-expanded={found.length > 0} aria-controls={id} aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined} placeholder={placeholder} value={text} onChange={(e) => { setText(e.target.value); setAt(0) }} onKeyDown={onKeyDown} />
      <div id={id} role="listbox" aria-label={label} className={own.options}>
        {found.map((pick, i) => (
          <div key={pick.id} id={`${id}-${i}`} role="option" tabIndex={-1} aria-selected={i === chosen} onMouseDown={(e) => { e.preventDefault(); take(i) }}>
            {pick.icon}
            <span className={own.name}>
              <bdi>{pick.name}</bdi>
              {pick.note && <small>{pick.note}</small>}
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={own.none}>{text ? t('Nobody of this name') : t('Everybody is here already')}</p>}
    </>
  )
}
