import { IconPlus } from '@tabler/icons-react'
import { useId, useState, type KeyboardEvent } from 'react'
import type { Tone } from '@/shared/api'
import { count, fold } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { TagChip } from '@/shared/ui'
import { useTags } from '@/shared/vocabulary'
import { useCreateTag } from '../api/changes'
import classes from './ToolsPanel.module.css'

const TONES: { tone: Tone; label: string }[] = [
  { tone: 'info', label: t('Blue') }, { tone: 'ok', label: t('Green') }, { tone: 'warn', label: t('Amber') },
  { tone: 'bad', label: t('Red') }, { tone: 'violet', label: t('Violet') }, { tone: 'mute', label: t('Grey') },
]

/** Chooses a tag, or makes a new one of what was typed, in a colour. */
export function TagPicker({ taken, onPick }: { taken: string[]; onPick: (id: string) => void }) {
  const id = useId()
  const tags = useTags()
  const create = useCreateTag()
  const mayCreate = useCan()('tags.create')
  const [text, setText] = useState('')
  const [tone, setTone] = useState<Tone>('info')
  const [at, setAt] = useState(0)
  const name = text.trim()
  const found = tags.filter((tag) => !taken.includes(tag.id) && fold(tag.name).includes(fold(name)))
  const isNew = mayCreate && name !== '' && !tags.some((tag) => fold(tag.name) === fold(name))
  const size = found.length + (isNew ? 1 : 0)
  const chosen = Math.min(at, size - 1)

  const take = (index: number) => {
    const tag = found[index]
    if (tag) onPick(tag.id)
    else if (isNew) create.mutate({ name, tone }, { onSuccess: (made) => onPick(made.id) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && size > 0) setAt((chosen + step + size) % size)
    else if (event.key === 'Enter') take(chosen)
    else return
    event.preventDefault()
  }
  return (
    <>
      <input className={classes.search} data-autofocus role="combobox" aria-label={t('Tag')} aria-expanded={size > 0} aria-controls={id} aria-activedescendant={size > 0 ? `${id}-${chosen}` : undefined} placeholder={t('Find or create a tag')} value={text} onChange={(e) => { setText(e.target.value); setAt(0) }} onKeyDown={onKeyDown} />
      <div id={id} role="listbox" aria-label={t('Tags')} className={classes.options}>
        {found.map((tag, i) => (
          <div key={tag.id} id={`${id}-${i}`} role="option" tabIndex={-1} aria-selected={i === chosen} onMouseDown={(e) => { e.preventDefault(); take(i) }}>
            <TagChip tag={tag} />
            <small className="num">{count(tag.customers)}</small>
          </div>
        ))}
        {isNew && (
          <div id={`${id}-${found.length}`} role="option" tabIndex={-1} aria-selected={chosen === found.length} onMouseDown={(e) => { e.preventDefault(); take(found.length) }}>
            <IconPlus size={15} aria-hidden />
            {t('Create')} <TagChip tag={{ name, tone }} />
          </div>
        )}
      </div>
      {isNew && (
        <div className={classes.tones} role="group" aria-label={t('Colour of the new tag')}>
          {TONES.map((c) => (
            <button key={c.tone} type="button" data-tone={c.tone} aria-label={c.label} aria-pressed={tone === c.tone} onClick={() => setTone(c.tone)} />
          ))}
        </div>
      )}
    </>
  )
}
