import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { t } from '@/shared/i18n'
import { Button, IconButton } from '@/shared/ui'
import fieldClasses from '@/shared/ui/Fields.module.css'
import { ToneMenu } from '../shared/ToneMenu'
import own from './FieldForm.module.css'
import { newOption, type DraftOption } from './options'

const size = { size: 15, stroke: 1.8, 'aria-hidden': true } as const

interface Props {
  options: DraftOption[]
  error: string | undefined
  onChange: (options: DraftOption[]) => void
}

export function OptionsEditor({ options, error, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const added = useRef(false)
  useEffect(() => {
    if (added.current) list.current?.querySelector<HTMLInputElement>(':scope > div:last-of-type input')?.focus()
    added.current = false
  }, [options.length])
  const add = () => {
    added.current = true
    onChange([...options, newOption()])
  }
  const change = (option: DraftOption, changed: Partial<DraftOption>) => onChange(options.map((o) => (o === option ? { ...o, ...changed } : o)))
  const move = (from: number, by: 1 | -1) => {
    const next = [...options]
    next.splice(from + by, 0, ...next.splice(from, 1))
    onChange(next)
  }
  return (
    <div className={own.options} role="group" aria-label={t('Options')} ref={list}>
      <span className={fieldClasses.label}>{t('Options')}</span>
      {options.map((option, i) => (
        <div key={option.id} className={own.option}>
          <ToneMenu label={t('Colour of {name}', { name: option.label })} value={option.tone} onChange={(tone) => change(option, { tone })} />
          <input
            className={fieldClasses.box}
            aria-label={t('Option {n}', { n: i + 1 })}
            value={option.label}
            onChange={(e) => change(option, { label: e.target.value })}
            onKeyDown={(e) => {
              if (e.key !== 'Enter') return
              e.preventDefault()
              add()
            }}
          />
          <span>
            <IconButton small tip={false} label={t('Move option {n} up', { n: i + 1 })} disabled={i === 0} onClick={() => move(i, -1)}><IconArrowUp {...size} /></IconButton>
            <IconButton small tip={false} label={t('Move option {n} down', { n: i + 1 })} disabled={i === options.length - 1} onClick={() => move(i, 1)}><IconArrowDown {...size} /></IconButton>
            <IconButton small tip={false} label={t('Remove option {n}', { n: i + 1 })} onClick={() => onChange(options.filter((o) => o !== option))}><IconX {...size} /></IconButton>
          </span>
        </div>
      ))}
      {error && <p className={fieldClasses.error}>{error}</p>}
      <span><Button compact icon={<IconPlus {...size} />} onClick={add}>{t('Add an option')}</Button></span>
    </div>
  )
}
