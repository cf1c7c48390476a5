import { IconCheck, IconMinus } from '@tabler/icons-react'
import { t } from '@/shared/i18n'
import { scopeTable, toggleScope } from '../keys/scopes'
import { actHelp, actLabel, areaHelp, areaLabel, inGroups } from '../shared/rights'
import own from './RightsGrid.module.css'

interface Props {
  /** All rights that there are. */
  known: string[]
  held: string[]
  /** Those that whoever looks may give or take; none where there is nothing to change. */
  possible: string[]
  onChange: (held: string[]) => void
}

/** Areas down, acts across. Whoever changes something has to see it: ticks follow that. */
export function RightsGrid({ known, held, possible, onChange }: Props) {
  const table = scopeTable(known)
  return (
    <table className={own.grid}>
      <thead>
        <tr>
          <th scope="col"><span className="sr">{t('Area')}</span></th>
          {table.acts.map((act) => <th key={act} scope="col" data-tip={actHelp(act)} data-tip-side="top">{actLabel(act)}</th>)}
        </tr>
      </thead>
      {inGroups(table.areas).map((group) => (
        <tbody key={group.label}>
          <tr className={own.group}><th scope="rowgroup" colSpan={table.acts.length + 1}>{group.label}</th></tr>
          {group.areas.map((area) => (
            <tr key={area.name} data-none={!area.acts.some((act) => held.includes(`${area.name}.${act}`)) || undefined}>
              <th scope="row">
                {areaLabel(area.name)}
                <small>{areaHelp(area.name)}</small>
              </th>
              {table.acts.map((act) => {
                const right = `${area.name}.${act}`
                return <td key={act} data-gap={!area.acts.includes(act) || undefined}>{area.acts.includes(act) && <Right {...{ right, held, onChange }} possible={known} fixed={!possible.includes(right)} label={`${areaLabel(area.name)}: ${actLabel(act)}`} act={actLabel(act)} />}</td>
              })}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

interface RightProps {
  right: string
  held: string[]
  possible: string[]
  fixed: boolean
  label: string
  act: string
  onChange: (held: string[]) => void
}

function Right({ right, held, possible, fixed, label, act, onChange }: RightProps) {
  const on = held.includes(right)
  if (fixed) {
    return (
      <span className={own.fixed} data-on={on || undefined}>
        {on ? <IconCheck size={16} stroke={2.2} aria-hidden /> : <IconMinus size={14} stroke={2} aria-hidden />}
        <span className="sr">{on ? t('{right}: allowed', { right: label }) : t('{right}: not allowed', { right: label })}</span>
        <span className={own.act} aria-hidden>{act}</span>
      </span>
    )
  }
  return (
    <label className={own.right}>
      <input type="checkbox" aria-label={label} checked={on} onChange={() => onChange(toggleScope(held, right, possible))} />
      <span className={own.act} aria-hidden>{act}</span>
    </label>
  )
}
