import type { Role } from '@/shared/api'
import { t } from '@/shared/i18n'
import { FAR } from '@/shared/session'
import { SelectBox } from '@/shared/ui'
import { areaLabel } from '../shared/rights'
import own from './Roles.module.css'
import { SIGHTS } from './sight'

/** What hangs on customers, and so can be shown of fewer than those whom the role shows. */
const HANGING = ['notes', 'relations']

interface Props {
  role: Pick<Role, 'visibility' | 'area_visibility' | 'permissions'>
  disabled: boolean
  onChange: (narrower: Role['area_visibility']) => void
}

export function AreaSights({ role, disabled, onChange }: Props) {
  const narrower = SIGHTS.filter((s) => FAR[s.value] < FAR[role.visibility])
  const areas = HANGING.filter((area) => role.permissions.includes(`${area}.view`))
  const chosen = (area: string) => role.area_visibility.find((one) => one.area === area && FAR[one.visibility] < FAR[role.visibility])?.visibility ?? 'all'
  const choose = (area: string, value: string) => {
    const sight = SIGHTS.find((s) => s.value === value && s.value !== 'all')
    onChange([...role.area_visibility.filter((one) => one.area !== area), ...(sight ? [{ area, visibility: sight.value }] : [])])
  }
  if (narrower.length === 0 || areas.length === 0) return null
  return (
    <div className={own.areas}>
      {areas.map((area) => (
        <SelectBox key={area} label={t('{area} of', { area: areaLabel(area) })} value={chosen(area)} disabled={disabled} onChange={(e) => choose(area, e.target.value)}>
          <option value="all">{t('All whom they see')}</option>
          {narrower.map((s) => <option key={s.value} value={s.value}>{s.label}</option>)}
        </SelectBox>
      ))}
    </div>
  )
}
