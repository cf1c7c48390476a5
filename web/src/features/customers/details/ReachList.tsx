import { IconPlus, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { t } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { SelectControl } from './controls/SelectControl'
import { TextControl } from './controls/TextControl'
import classes from './Details.module.css'
import { FieldLine } from './FieldLine'

export interface Reach {
  text: string
  label: string | null
  primary: boolean
}

interface Props {
  label: string
  addLabel: string
  type: 'email' | 'tel'
  items: Reach[]
  labels: { value: string; label: string }[]
  readOnly: boolean
  writer?: string
  errorAt: (index: number) => string | undefined
  onBegin: () => void
  onEnd: () => void
  onRestore: () => void
  onText: (index: number, text: string) => Promise<boolean>
  onLabel: (index: number, label: string) => void
  onPrimary: (index: number) => void
  onRemove: (index: number) => void
}

/** E-mail addresses or phone numbers: each with a label, one of them the primary one. */
export function ReachList(p: Props) {
  const id = useId()
  const [adding, setAdding] = useState(false)
  const rows = adding ? [...p.items, { text: '', label: null, primary: false }] : p.items
  const save = async (index: number, text: string) => {
    const isNew = index >= p.items.length
    if (!text && isNew) {
      setAdding(false)
      return true
    }
    if (!text) {
      p.onRemove(index)
      return true
    }
    const saved = await p.onText(index, text)
    if (saved && isNew) setAdding(false)
    return saved
  }
  return (
    <FieldLine id={`${id}-0`} label={p.label} writer={p.writer}>
      <ul className={classes.rows}>
        {rows.map((item, i) => {
          const isNew = i >= p.items.length
          const error = p.errorAt(i)
          return (
            <li key={i} className={classes.row}>
              <TextControl
                id={`${id}-${i}`}
                type={p.type}
                label={t('{list} {n}', { list: p.label, n: i + 1 })}
                value={item.text}
                invalid={Boolean(error)}
                readOnly={p.readOnly}
                onBegin={p.onBegin}
                onEnd={(left) => {
                  p.onEnd()
                  if (isNew && !left) setAdding(false)
                }}
                onRestore={() => {
                  p.onRestore()
                  if (isNew) setAdding(false)
                }}
                onSave={(text) => save(i, text)}
              />
              {!isNew && <SelectControl id={`${id}-${i}-label`} label={t('Label of {text}', { text: item.text })} value={item.label ?? ''} none={t('No label')} options={p.labels} readOnly={p.readOnly} onSave={(v) => p.onLabel(i, v)} />}
              {!isNew && !p.readOnly && (
                <IconButton small className={classes.star} label={item.primary ? t('Primary') : t('Make {text} the primary one', { text: item.text })} tip={false} aria-pressed={item.primary} onClick={() => !item.primary && p.onPrimary(i)}>
                  {item.primary ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} stroke={1.7} aria-hidden />}
                </IconButton>
              )}
              {!isNew && !p.readOnly && (
                <IconButton small label={t('Remove {text}', { text: item.text })} tip={false} onClick={() => p.onRemove(i)}>
                  <IconTrash size={15} stroke={1.7} aria-hidden />
                </IconButton>
              )}
              {error && <p id={`${id}-${i}-error`} role="alert" className={classes.rowError}>{error}</p>}
            </li>
          )
        })}
      </ul>
      {!p.readOnly && !adding && (
        <button
          type="button"
          className={classes.add}
          onClick={() => {
            setAdding(true)
            setTimeout(() => document.getElementById(`${id}-${p.items.length}`)?.focus())
          }}
        >
          <IconPlus size={15} aria-hidden />
          {p.addLabel}
        </button>
      )}
    </FieldLine>
  )
}
