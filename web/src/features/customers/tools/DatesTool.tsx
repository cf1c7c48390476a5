import type { Customer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import { useFields } from '@/shared/vocabulary'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

/** The dates that matter for this customer: the record's own, and the date fields of the business. */
export function DatesTool({ customer }: { customer: Customer }) {
  const own = useFields().filter((f) => (f.type === 'date' || f.type === 'date_time') && typeof customer.custom[f.key] === 'string')
  return (
    <Tool title={t('Key dates')}>
      <dl className={classes.dates}>
        {customer.customer_since && (
          <div>
            <dt>{t('Customer since')}</dt>
            <dd><Time as="date" at={customer.customer_since} /></dd>
          </div>
        )}
        {own.map((f) => (
          <div key={f.key}>
            <dt>{f.label}</dt>
            <dd><Time as={f.type === 'date' ? 'date' : 'full'} at={String(customer.custom[f.key])} /></dd>
          </div>
        ))}
        <div>
          <dt>{t('Record created')}</dt>
          <dd><Time as="date" at={customer.created_at} /></dd>
        </div>
      </dl>
    </Tool>
  )
}
