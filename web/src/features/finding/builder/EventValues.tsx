import type { Operand } from '@/shared/api'
import { t } from '@/shared/i18n'
import { TextBox } from '@/shared/ui'
import type { Chip } from '../model'
import classes from './Builder.module.css'
import { NumberBox } from './NumberBox'

const RANGES = [7, 30, 45, 90, 180, 365]

/** How often or how much, and how far back. */
export function EventValues({ chip, onChange }: { chip: Chip; onChange: (values: Operand[]) => void }) {
  const counted = chip.way === 'times' || chip.way === 'fewer' || chip.way === 'exactly'
  const alone = chip.way === 'some' || chip.way === 'never'
  const [a, back] = alone ? [undefined, chip.values[0]] : chip.values
  const set = (first: Operand | undefined, last: Operand | undefined) => onChange(alone ? [last ?? 0] : [first ?? '', last ?? 0])
  const whole = (text: string) => (text === '' ? '' : Math.max(0, Math.round(Number(text))))
  return (
    <>
      {counted && <TextBox label={t('Times')} type="number" min={1} data-autofocus value={String(a ?? '')} onChange={(e) => set(whole(e.target.value), back)} />}
      {chip.way === 'sum' && <NumberBox label={t('At least')} money value={a} onChange={(v) => set(v, back)} first />}
      {chip.way === 'top' && <TextBox label={t('Per cent')} type="number" min={0.01} max={100} step="any" data-autofocus value={String(a ?? '')} onChange={(e) => set(e.target.value === '' ? '' : Number(e.target.value), 0)} />}
      {chip.way !== 'top' && (
        <div className={classes.back}>
          <TextBox label={t('In the last … days')} type="number" min={0} placeholder={t('ever')} data-autofocus={alone || undefined} value={back ? String(back) : ''} onChange={(e) => set(a, whole(e.target.value) || 0)} />
          <div className={classes.ranges} role="group" aria-label={t('In the last … days')}>
            {RANGES.map((n) => <button key={n} type="button" aria-pressed={back === n} onClick={() => set(a, n)}>{n}</button>)}
            <button type="button" aria-pressed={!back} onClick={() => set(a, 0)}>{t('ever')}</button>
          </div>
        </div>
      )}
    </>
  )
}
