import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import { customerOne } from '../../api/queries'
import { CustomerPicker } from '../../related/CustomerPicker'
import classes from './controls.module.css'

interface Props {
  id: string
  label: string
  value: string | null
  readOnly?: boolean
  onSave: (value: string | null) => Promise<boolean>
}

/** A reference to another customer: a link, and a search to choose another. */
export function CustomerControl({ id, label, value, readOnly, onSave }: Props) {
  const [choosing, setChoosing] = useState(false)
  const other = useQuery({ ...customerOne(value ?? ''), enabled: value !== null }).data
  if (choosing) {
    return <CustomerPicker label={label} onCancel={() => setChoosing(false)} onPick={(row) => { setChoosing(false); void onSave(row.id) }} />
  }
  return (
    <div className={classes.file}>
      {other && (
        <Link to="/customers/$customerId/$section" params={{ customerId: other.id, section: 'timeline' }} search={(old: object) => old}>
          <Avatar name={other.display_name} size={20} square={other.kind === 'company'} />
          {other.display_name}
        </Link>
      )}
      {!readOnly && <button id={id} type="button" onClick={() => setChoosing(true)}>{value ? t('Change') : t('Choose a customer')}</button>}
      {value && !readOnly && <button type="button" onClick={() => void onSave(null)}>{t('Remove')}</button>}
    </div>
  )
}
