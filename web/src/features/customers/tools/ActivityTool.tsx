import { useQuery } from '@tanstack/react-query'
import type { Customer } from '@/shared/api'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import { customerSummary } from '../api/queries'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

export function ActivityTool({ id, customer }: { id: string; customer: Customer }) {
  const summary = useQuery(customerSummary(id)).data
  return (
    <Tool title={t('Activity')}>
      <dl className={classes.dates}>
        {summary?.last_contact_at && (
          <div>
            <dt>{t('Last contact')}</dt>
            <dd><Time at={summary.last_contact_at} /></dd>
          </div>
        )}
        <div>
          <dt>{t('Last changed')}</dt>
          <dd><Time at={customer.updated_at} /></dd>
        </div>
        {summary?.counts.notes !== undefined && (
          <div>
            <dt>{t('Notes')}</dt>
            <dd>{count(summary.counts.notes)}</dd>
          </div>
        )}
      </dl>
    </Tool>
  )
}
