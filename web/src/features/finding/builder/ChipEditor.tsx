import { useId } from 'react'
import type { FilterField, Operand } from '@/shared/api'
import { t } from '@/shared/i18n'
import { TextBox } from '@/shared/ui'
import fieldClasses from '@/shared/ui/Fields.module.css'
import { eventOf } from '../events'
import { setWay, type Chip } from '../model'
import { carried, EVENT_WAYS, SUM_WAYS, wantsOf, waysOf, type WayId } from '../ways'
import { WAY_NAMES, type Names } from '../words'
import classes from './Builder.module.css'
import { EventValues } from './EventValues'
import { NumberBox } from './NumberBox'
import { ValueList } from './ValueList'

interface Props {
  chip: Chip
  names: Names
  problem?: string
  onChange: (chip: Chip) => void
  onDone: () => void
}

function offered(chip: Chip, field: FilterField | undefined): WayId[] {
  const list = 'event' in chip.about ? [...EVENT_WAYS, ...(eventOf(chip.about.event).summed ? SUM_WAYS : [])] : 'field' in chip.about ? (field ? waysOf(field) : []) : ['found' as const]
  return list.includes(chip.way) ? list : [chip.way, ...list]
}

/** One condition, edited where it stands: how it is asked, and for what. */
export function ChipEditor({ chip, names, problem, onChange, onDone }: Props) {
  const id = useId()
  const field = 'field' in chip.about ? names.field(chip.about.field) : undefined
  const title = 'field' in chip.about ? (field?.label ?? chip.about.field) : 'event' in chip.about ? eventOf(chip.about.event).label : t('Words, as in the search')
  const ways = offered(chip, field)
  const set = (values: Operand[]) => onChange(setWay(chip, chip.way, values))
  const wants = wantsOf(chip.way)
  const whole = (at: number, value: number | undefined) => {
    const next: Operand[] = [...chip.values]
    next[at] = value ?? ''
    set(next)
  }
  const dayBox = (at: number, label: string) => (
    <TextBox label={label} type="date" data-autofocus={at === 0 || undefined} value={String(chip.values[at] ?? '').slice(0, 10)} onChange={(e) => { const next: Operand[] = [...chip.values]; next[at] = e.target.value; set(next) }} />
  )
  return (
    <form className={classes.editor} onSubmit={(e) => { e.preventDefault(); onDone() }}>
      <div className={classes.editorHead}>
        <label htmlFor={id}>{title}</label>
        {ways.length > 1 && (
          <select id={id} className={fieldClasses.box} data-autofocus={wants === 'nothing' || undefined} value={chip.way} onChange={(e) => onChange(setWay(chip, e.target.value as WayId, carried(chip.way, e.target.value as WayId, chip.values)))}>
            {ways.map((way) => <option key={way} value={way}>{WAY_NAMES[way]}</option>)}
          </select>
        )}
      </div>
      {problem && <p className={classes.problem} role="alert">{problem}</p>}
      {(wants === 'several' || wants === 'folder') && field && <ValueList key={chip.way} field={field} several={wants === 'several'} values={chip.values} onChange={(values) => { set(values); if (wants === 'folder') onDone() }} />}
      {wants === 'text' && <TextBox label={t('Text')} hideLabel data-autofocus value={String(chip.values[0] ?? '')} onChange={(e) => set([e.target.value])} />}
      {wants === 'number' && <NumberBox label={t('Value')} field={field} value={chip.values[0]} onChange={(v) => set([v])} first />}
      {wants === 'two numbers' && (
        <div className={classes.pair}>
          <NumberBox label={t('From')} field={field} value={chip.values[0]} onChange={(v) => set([v, chip.values[1] ?? ''])} first />
          <NumberBox label={t('To')} field={field} value={chip.values[1]} onChange={(v) => set([chip.values[0] ?? '', v])} />
        </div>
      )}
      {wants === 'days' && <TextBox label={t('Days')} type="number" min={0} max={36500} data-autofocus value={String(chip.values[0] ?? '')} onChange={(e) => whole(0, e.target.value === '' ? undefined : Math.max(0, Math.round(Number(e.target.value))))} />}
      {wants === 'day' && dayBox(0, t('Date'))}
      {wants === 'two days' && <div className={classes.pair}>{dayBox(0, t('From'))}{dayBox(1, t('Until before'))}</div>}
      {wants === 'event' && <EventValues chip={chip} onChange={set} />}
      <button type="submit" className={classes.done}>{t('Done')}</button>
    </form>
  )
}
