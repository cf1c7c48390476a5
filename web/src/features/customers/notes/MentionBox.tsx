import { useId, useRef, useState, type KeyboardEvent, type Ref, type TextareaHTMLAttributes } from 'react'
import type { User } from '@/shared/api'
import { fold } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import { useUsers } from '@/shared/vocabulary'
import classes from './MentionBox.module.css'
import { typedMention, type Mention } from './mentions'

interface Props extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> {
  value: string
  onChange: (text: string) => void
  onMention: (mention: Mention) => void
  ref?: Ref<HTMLTextAreaElement>
}

const OFFERED = 6

/** A plain writing box that offers colleagues after an @. */
export function MentionBox({ value, onChange, onMention, onKeyDown, ref, ...rest }: Props) {
  const own = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const users = useUsers()
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState(false)
  const typed = closed ? undefined : typedMention(value, caret)
  const wanted = typed && fold(typed.word)
  const offered = wanted === undefined ? [] : users.filter((u) => u.state === 'active' && fold(u.name).includes(wanted)).slice(0, OFFERED)
  const chosen = Math.min(at, offered.length - 1)

  const pick = (user: User) => {
    if (!typed) return
    onChange(`${value.slice(0, typed.start)}@${user.name} ${value.slice(caret)}`)
    onMention({ id: user.id, name: user.name })
    const end = typed.start + user.name.length + 2
    setCaret(end)
    requestAnimationFrame(() => {
      own.current?.focus()
      own.current?.setSelectionRange(end, end)
    })
  }

  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const user = offered[chosen]
    if (user && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setAt((chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length)
    } else if (user && (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey))) {
      event.preventDefault()
      pick(user)
    } else if (user && event.key === 'Escape') {
      event.stopPropagation()
      event.preventDefault()
      setClosed(true)
    } else onKeyDown?.(event)
  }

  return (
    <div className={classes.wrap}>
      <textarea
        ref={(el) => {
          own.current = el
          if (typeof ref === 'function') ref(el)
          else if (ref) ref.current = el
        }}
        dir="auto"
        role={offered.length > 0 ? 'combobox' : undefined}
        aria-expanded={offered.length > 0 ? true : undefined}
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered[chosen] ? `${listId}-${chosen}` : undefined}
        value={value}
        onChange={(e) => {
          onChange(e.target.value)
          setCaret(e.target.selectionStart)
          setAt(0)
          setClosed(false)
        }}
        onKeyUp={(e) => setCaret(e.currentTarget.selectionStart)}
        onClick={(e) => setCaret(e.currentTarget.selectionStart)}
        onKeyDown={onKey}
        {...rest}
      />
      {offered.length > 0 && (
        <div id={listId} role="listbox" data-popup aria-label={t('Colleagues')} className={classes.list}>
          {offered.map((u, i) => (
            <div key={u.id} id={`${listId}-${i}`} role="option" tabIndex={-1} aria-selected={i === chosen} onMouseDown={(e) => { e.preventDefault(); pick(u) }}>
              <Avatar name={u.name} size={22} />
              {u.name}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
