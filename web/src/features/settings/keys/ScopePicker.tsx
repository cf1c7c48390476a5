import { t } from '@/shared/i18n'
import own from './ScopePicker.module.css'
import { scopeTable, toggleScope } from './scopes'

const words = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')

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
            {table.acts.map((act) => <th key={act} scope="col">{words(act)}</th>)}
          </tr>
        </thead>
        <tbody>
          {table.areas.map((area) => (
            <tr key={area.name}>
              <th scope="row">{words(area.name)}</th>
              {table.acts.map((act) => {
                const scope = `${area.name}.${act}`
                return (
                  <td key={act}>
                    {area.acts.includes(act) && (
                      <input type="checkbox" aria-label={`${words(area.name)}: ${words(act)}`} checked={scopes.includes(scope)} onChange={() => onChange(toggleScope(scopes, scope, possible))} />
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
