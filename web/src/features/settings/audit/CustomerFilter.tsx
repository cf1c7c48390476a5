import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useId } from 'react'
import { t } from '@/shared/i18n'
import { IconButton, PopoverButton, part } from '@/shared/ui'
import fields from '@/shared/ui/Fields.module.css'
import { customerName } from '../api/audit'
import own from './Audit.module.css'

const CustomerPicker = part(() => import('@/features/customers/picking'), (m) => m.CustomerPicker)

/** One customer, found by name, or anyone. */
export function CustomerFilter({ id, onChange }: { id: string | undefined; onChange: (id: string | undefined) => void }) {
  const label = useId()
  const value = useId()
  const name = useQuery({ ...customerName(id ?? ''), enabled: id !== undefined }).data
  return (
    <div className={fields.field}>
      <span id={label} className={fields.label}>{t('Customer')}</span>
      <div className={own.customer}>
        <PopoverButton
          label={t('Choose a customer')}
          width={300}
          position="bottom-start"
          button={<button type="button" className={fields.box} aria-labelledby={`${label} ${value}`}><bdi id={value}>{id ? (name ?? id) : t('Anyone')}</bdi></button>}
        >
          {(close) => (
            <Suspense>
              <CustomerPicker label={t('Customer')} onCancel={close} onPick={(row) => { close(); onChange(row.id) }} />
            </Suspense>
          )}
        </PopoverButton>
        {id && <IconButton small label={t('Any customer')} onClick={() => onChange(undefined)}><IconX size={15} stroke={1.9} aria-hidden /></IconButton>}
      </div>
    </div>
  )
}
