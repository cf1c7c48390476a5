import { IconAlertTriangle } from '@tabler/icons-react'
import type { CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import classes from './NewCustomer.module.css'

/** Customers that may be the same person, before a second record is made. */
export function Lookalikes({ rows, onOpen }: { rows: CustomerRow[]; onOpen: (id: string) => void }) {
  return (
    <div aria-live="polite">
      {rows.length > 0 && (
        <div className={classes.alike}>
          <p>
            <IconAlertTriangle size={16} aria-hidden />
            {t('{n, plural, one {There is someone like this already} other {There are # like this already}}', { n: rows.length })}
          </p>
          {rows.map((row) => (
            <button key={row.id} type="button" onClick={() => onOpen(row.id)}>
              <Avatar name={row.display_name} size={26} square={row.kind === 'company'} photoId={row.photo_id} />
              <b>{row.display_name}</b>
              <span>{[row.company_name, row.city].filter(Boolean).join(' · ')}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
