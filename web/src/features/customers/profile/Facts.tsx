import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Customer } from '@/shared/api'
import { clockIn, dialable } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import { customerSummary } from '../api/queries'
import classes from './Facts.module.css'

interface Fact {
  label: string
  value: ReactNode
  /** Shown only where there is room. */
  wide?: boolean
  /** Left out on a phone: the buttons above it do it. */
  reach?: boolean
}

/** What is asked most, at one glance. Only what exists; nothing stands empty. */
export function Facts({ id, customer }: { id: string; customer: Customer | undefined }) {
  const summary = useQuery(customerSummary(id)).data
  if (!customer) return <dl className={classes.facts} aria-hidden><div><dt>&nbsp;</dt><dd>&nbsp;</dd></div></dl>
  const phone = customer.phones.find((p) => p.primary) ?? customer.phones[0]
  const email = customer.emails.find((e) => e.primary) ?? customer.emails[0]
  const there = customer.time_zone ? clockIn(customer.time_zone) : undefined
  const facts: (Fact | false | undefined)[] = [
    phone && { label: t('Phone'), reach: true, value: <a dir="ltr" href={`tel:${dialable(phone.number, phone.e164)}`}>{phone.number}</a> },
    email && { label: t('E-mail'), reach: true, value: <a dir="ltr" href={`mailto:${email.address}`}>{email.address}</a> },
    !!summary?.last_contact_at && { label: t('Last contact'), value: <Time at={summary.last_contact_at} /> },
    !!customer.customer_since && { label: t('Customer since'), value: <Time as="date" at={customer.customer_since} /> },
    !!there && { label: t('Local time'), value: there },
    !!customer.source && { label: t('Source'), value: customer.source, wide: true },
  ]
  const shown = facts.filter((f): f is Fact => Boolean(f))
  return (
    <dl className={classes.facts}>
      {shown.map((f) => (
        <div key={f.label} data-wide={f.wide || undefined} data-reach={f.reach || undefined}>
          <dt>{f.label}</dt>
          <dd>{f.value}</dd>
        </div>
      ))}
    </dl>
  )
}
