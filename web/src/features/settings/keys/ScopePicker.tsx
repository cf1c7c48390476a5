import { t } from '@/shared/i18n'
import { actLabel, areaLabel } from '../shared/rights'
import own from './ScopePicker.module.css'
import { scopeTable, toggleScope } from './scopes'

interface Props {
  possible: string[]
  scopes: string[]
  onChange: (scopes: string[]) => void
}

export function ScopePicker({ possible, scopes, onChange }: Props) {
  const table = scopeTable(possible)
  return (
    <div className={own.scroll} role="group" aria-label={t('Rights')}>
      <table className={own.table}>
        <thead>
          <tr>
            <th scope="col">{t('Area')}</th>
            {table.acts.map((act) => <th key={act} scope="col">{actLabel(act)}</th>)}
          </tr>
        </thead>
        <tbody>
          {table.areas.map((area) => (
            <tr key={area.name}>
              <th scope="row">{areaLabel(area.name)}</th>
              {table.acts.map((act) => {
                const scope = `${area.name}.${act}`
                return (
                  <td key={act}>
                    {area.acts.includes(act) && (
                      <label>
                        <input type="checkbox" aria-label={`${areaLabel(area.name)}: ${actLabel(act)}`} checked={scopes.includes(scope)} onChange={() => onChange(toggleScope(scopes, scope, possible))} />
                        <span aria-hidden>{actLabel(act)}</span>
                      </label>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
