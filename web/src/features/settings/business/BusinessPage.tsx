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
  const change = MEMBERS.filter((m) => draft[m] !== business[m])
  const save = useMutation({
    mutationFn: () => changeBusiness(business, Object.fromEntries(change.map((m) => [m, draft[m].trim()]))),
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
    if (change.length > 0) save.mutate()
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
      <div className={classes.labelled}>
        <span>{t('Address of this business here')}</span>
        <CopyBox label={t('Address of this business here')} value={`${location.origin}/b/${business.slug}/`} quiet />
      </div>
      <Refused error={save.error} fields={MEMBERS.map((m) => `/${m}`)} />
      {mayEdit && (
        <div className={classes.foot}>
          {change.length > 0 && <Button tone="quiet" onClick={() => setDraft(business)}>{t('Undo')}</Button>}
          <Button type="submit" tone="brand" disabled={change.length === 0 || save.isPending}>{t('Save')}</Button>
        </div>
      )}
    </form>
  )
}
