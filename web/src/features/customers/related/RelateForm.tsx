import { useState } from 'react'
import type { CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, SelectBox } from '@/shared/ui'
import { useCreateCustomer, useRelate } from '../api/changes'
import { CustomerPicker } from './CustomerPicker'
import { RELATION_CHOICES, relationBody } from './kinds'
import classes from './Related.module.css'

/** Links another customer, one that exists or one made here, in the direction chosen. */
export function RelateForm({ customerId, onDone }: { customerId: string; onDone: () => void }) {
  const [kind, setKind] = useState(RELATION_CHOICES[0]!.value)
  const relate = useRelate(customerId)
  const create = useCreateCustomer()
  const link = (other: Pick<CustomerRow, 'id'>) => relate.mutate(relationBody(kind, customerId, other.id), { onSuccess: onDone })
  const createAndLink = (name: string) => {
    const company = ['employer_of<', 'parent_of', 'parent_of<', 'branch_of', 'branch_of<'].includes(kind)
    create.mutate(company ? { kind: 'company', company_name: name, display_name: name } : { kind: 'person', display_name: name }, { onSuccess: link })
  }
  const error = relate.error ?? create.error
  return (
    <div className={classes.form}>
      <SelectBox label={t('The other one is')} value={kind} onChange={(e) => setKind(e.target.value)}>
        {RELATION_CHOICES.map((c) => (
          <option key={c.value} value={c.value}>{c.label}</option>
        ))}
      </SelectBox>
      <CustomerPicker label={t('Customer to link')} except={customerId} onPick={link} onCreate={createAndLink} onCancel={onDone} />
      {error && <p className={classes.error} role="alert">{error.message}</p>}
      <Button compact tone="quiet" onClick={onDone}>{t('Cancel')}</Button>
    </div>
  )
}
