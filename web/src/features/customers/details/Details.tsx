import type { Customer } from '@/shared/api'
import { fullTime } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Addresses } from './Addresses'
import { ContactPreferences } from './ContactPreferences'
import { CustomFields } from './CustomFields'
import classes from './Details.module.css'
import { Emails } from './Emails'
import { Phones } from './Phones'
import { SimpleField } from './SimpleField'
import { CustomerContext } from './useFieldEdit'

/** Every field of the record, each edited in its place. */
export function Details({ customer }: { customer: Customer }) {
  return (
    <CustomerContext value={customer}>
      <div className={classes.details}>
        <section className={classes.group}>
          <h2>{t('Identity')}</h2>
          <SimpleField field="kind" />
          <SimpleField field="display_name" />
          {customer.kind === 'person' && <SimpleField field="given_name" />}
          {customer.kind === 'person' && <SimpleField field="family_name" />}
          <SimpleField field="company_name" />
        </section>
        <section className={classes.group}>
          <h2>{t('Contact')}</h2>
          <Emails />
          <Phones />
          <ContactPreferences />
        </section>
        <Addresses />
        <CustomFields />
        <section className={classes.group}>
          <h2>{t('Origin')}</h2>
          <SimpleField field="source" />
          <SimpleField field="customer_since" />
          <div className={classes.field}>
            <span className={classes.label}>{t('Record created')}</span>
            <p className={classes.fixed}>{fullTime(customer.created_at)}</p>
          </div>
          {customer.import_keys.length > 0 && (
            <div className={classes.field}>
              <span className={classes.label}>{t('Import keys')}</span>
              <p className={classes.fixed}>{customer.import_keys.map((k) => `${k.source} ${k.key}`).join(', ')}</p>
            </div>
          )}
        </section>
      </div>
    </CustomerContext>
  )
}
