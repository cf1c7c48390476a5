import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState, type ChangeEvent, type FormEvent } from 'react'
import type { Business, Session } from '@/shared/api'
import { countryOptions, currencyOptions, languageOptions, timeZoneOptions, type Choice } from '@/shared/choices'
import { t } from '@/shared/i18n'
import { sessionQuery, useCan } from '@/shared/session'
import { Button, ErrorState, SelectBox, Skeleton, TextBox } from '@/shared/ui'
import { businessQuery, changeBusiness } from '../api/business'
import { CopyBox } from '../shared/CopyBox'
import { at, Page, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'

const MEMBERS = ['name', 'currency', 'country', 'time_zone', 'locale'] as const
const KEPT = '/audit_years'
/** How long rows of the audit log are kept, in years; 1 is what PCI DSS 10.5.1 asks at the least. */
const YEARS = [1, 2, 3, 5, 7, 10]
const yearOptions = (now: number | null): Choice[] => [
  { value: '', label: t('Forever') },
  ...[...new Set(now === null ? YEARS : [...YEARS, now])].sort((a, b) => a - b).map((n) => ({ value: String(n), label: t('{n, plural, one {# year} other {# years}}', { n }) })),
]
const options = (choices: Choice[]) => choices.map((c) => <option key={c.value} value={c.value}>{c.label}</option>)

export function BusinessPage() {
  const business = useQuery(businessQuery)
  return (
    <Page title={t('Business')} lead={t('What Patron says of you, and how it reads money, phone numbers and times.')}>
      {business.isPending && <Skeleton lines={4} />}
      {business.isError && <ErrorState error={business.error} onRetry={() => void business.refetch()} />}
      {business.data && <BusinessForm key={business.data.version} business={business.data} />}
    </Page>
  )
}

function BusinessForm({ business }: { business: Business }) {
  const client = useQueryClient()
  const mayEdit = useCan()('business.edit')
  const [draft, setDraft] = useState(business)
  const change: Partial<Business> = Object.fromEntries(MEMBERS.filter((m) => draft[m] !== business[m]).map((m) => [m, draft[m].trim()]))
  if (draft.audit_years !== business.audit_years) change.audit_years = draft.audit_years
  const changed = Object.keys(change).length > 0
  const save = useMutation({
    mutationFn: () => changeBusiness(business, change),
    onSuccess: (now) => {
      client.setQueryData(businessQuery.queryKey, now)
      client.setQueryData<Session>(sessionQuery.queryKey, (s) => s && { ...s, business: now })
    },
    meta: { showsErrors: true },
  })
  const choices = useMemo(
    () => ({ country: countryOptions(), currency: currencyOptions(business.currency), zone: timeZoneOptions(business.time_zone), language: languageOptions(business.locale) }),
    [business],
  )
  const field = (name: (typeof MEMBERS)[number]) => ({
    value: draft[name],
    error: at(save.error, `/${name}`),
    disabled: !mayEdit,
    onChange: (e: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => setDraft({ ...draft, [name]: e.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed) save.mutate()
  }
  return (
    <form className={`${classes.card} ${classes.pad}`} onSubmit={submit}>
      <TextBox label={t('Name of the business')} required {...field('name')} />
      <div className={classes.pair}>
        <SelectBox label={t('Country')} help={t('Phone numbers typed without a country code are read as from here.')} {...field('country')}>{options(choices.country)}</SelectBox>
        <SelectBox label={t('Currency')} {...field('currency')}>{options(choices.currency)}</SelectBox>
        <SelectBox label={t('Time zone')} {...field('time_zone')}>{options(choices.zone)}</SelectBox>
        <SelectBox label={t('Language')} {...field('locale')}>{options(choices.language)}</SelectBox>
      </div>
      <SelectBox
        label={t('Keep the audit log')}
        help={t('Older entries are deleted. The rest can still be checked for tampering.')}
        value={String(draft.audit_years ?? '')}
        error={at(save.error, KEPT)}
        disabled={!mayEdit}
        onChange={(e) => setDraft({ ...draft, audit_years: e.target.value === '' ? null : Number(e.target.value) })}
      >
        {options(yearOptions(business.audit_years))}
      </SelectBox>
      <div className={classes.labelled}>
        <span>{t('Address of this business')}</span>
        <CopyBox label={t('Address of this business')} value={`${location.origin}/b/${business.slug}/`} quiet />
      </div>
      <Refused error={save.error} fields={[...MEMBERS.map((m) => `/${m}`), KEPT]} />
      {mayEdit && (
        <div className={classes.foot}>
          {changed && <Button tone="quiet" onClick={() => setDraft(business)}>{t('Undo')}</Button>}
          <Button type="submit" tone="brand" disabled={!changed || save.isPending}>{t('Save')}</Button>
        </div>
      )}
    </form>
  )
}
