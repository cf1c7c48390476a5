import { useRef, useState, type HTMLInputTypeAttribute, type KeyboardEvent } from 'react'
import classes from './controls.module.css'

interface Props {
  id: string
  value: string
  type?: HTMLInputTypeAttribute
  long?: boolean
  list?: string
  label?: string
  placeholder?: string
  invalid?: boolean
  readOnly?: boolean
  onBegin?: () => void
  /** The caret has left; with the text that stands there now. */
  onEnd?: (left: string) => void
  onRestore?: () => void
  /** Writes the value; false means it was refused and what was typed stays. */
  onSave: (text: string) => Promise<boolean>
}

/** Looks like text until it is touched. Saved on blur and Enter, Esc restores. */
export function TextControl({ id, value, type = 'text', long, label, placeholder = '—', invalid, readOnly, onBegin, onEnd, onRestore, onSave, list }: Props) {
  const [draft, setDraft] = useState<string>()
  const restoring = useRef(false)
  const save = async () => {
    if (restoring.current) restoring.current = false
    else if (draft !== undefined && draft.trim() !== value) {
      if (await onSave(draft.trim())) setDraft(undefined)
    } else setDraft(undefined)
    onEnd?.(draft?.trim() ?? value)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && (!long || event.ctrlKey || event.metaKey)) event.currentTarget.blur()
    if (event.key !== 'Escape') return
    event.stopPropagation()
    event.preventDefault()
    restoring.current = true
    setDraft(undefined)
    onRestore?.()
    event.currentTarget.blur()
  }
  const shared = {
    id,
    className: classes.control,
    value: draft ?? value,
    placeholder,
    readOnly,
    'aria-label': label,
    'aria-invalid': invalid || undefined,
    'aria-describedby': invalid ? `${id}-error` : undefined,
    onFocus: onBegin,
    onBlur: () => void save(),
    onKeyDown,
  }
  if (long) return <textarea {...shared} rows={1} onChange={(e) => setDraft(e.target.value)} />
  return <input {...shared} type={type} list={list} autoComplete="off" onChange={(e) => setDraft(e.target.value)} />
}
