import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState, type ChangeEvent, type FormEvent } from 'react'
import { ApiError } from '@/shared/api'
import { countryOptions, currencyOptions, languageOptions, timeZoneOptions, type Choice } from '@/shared/choices'
import { t } from '@/shared/i18n'
import { Button, SelectBox, TextBox } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { PasswordBox } from './PasswordBox'
import { setupNeeded, useSetUp } from './api/entering'
import { currencyOf, guessPlace } from './guess'
import { tokenOf } from './next'
import { wholeFormError } from './problems'

const FIELDS = ['business_name', 'currency', 'country', 'time_zone', 'locale', 'owner_name', 'owner_email', 'password'] as const

const options = (choices: Choice[]) => choices.map((c) => <option key={c.value} value={c.value}>{c.label}</option>)

/** The first minute of an installation: the business, and its owner. */
export function SetUp() {
  const [token] = useState(() => tokenOf(location.hash))
  const [draft, setDraft] = useState(() => ({
    business_name: '', ...guessPlace(Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language), owner_name: '', owner_email: '', password: '',
  }))
  const needed = useQuery(setupNeeded).data
  const setUp = useSetUp()
  const choices = useMemo(
    () => ({ country: countryOptions(), currency: currencyOptions(draft.currency), zone: timeZoneOptions(draft.time_zone), language: languageOptions(draft.locale) }),
    [draft.currency, draft.time_zone, draft.locale],
  )
  const set = (change: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...change }))
  const error = setUp.error instanceof ApiError ? setUp.error : undefined
  const whole = wholeFormError(setUp.error, FIELDS.map((f) => `/${f}`))
  const field = (name: (typeof FIELDS)[number]) => ({
    value: draft[name],
    error: error?.at(`/${name}`),
    required: true,
    onChange: (e: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => set({ [name]: e.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setUp.mutate({ token, ...draft, business_name: draft.business_name.trim(), owner_name: draft.owner_name.trim(), owner_email: draft.owner_email.trim() })
  }

  if (needed === false) {
    return (
      <Card title={t('This Patron is set up')} lead={t('It has an owner already. Sign in, or ask a colleague for an invitation.')}>
        <Link to="/sign-in" className={classes.link}>{t('Sign in')}</Link>
      </Card>
    )
  }
  return (
    <Card wide title={t('Welcome. Let’s set up your business')} lead={t('A minute, and you are inside. All of this can be changed later in the settings.')}>
      {!token && <FormError>{t('This address is not complete. Open the one-time link that the server printed when it started.')}</FormError>}
      <form className={classes.form} onSubmit={submit}>
        <fieldset>
          <legend>{t('Your business')}</legend>
          <TextBox label={t('Name of the business')} autoComplete="organization" autoFocus {...field('business_name')} />
          <div className={classes.pair}>
            <SelectBox
              label={t('Country')}
              {...field('country')}
              onChange={(e) => set({ country: e.target.value, currency: currencyOf(e.target.value) ?? draft.currency })}
            >
              {options(choices.country)}
            </SelectBox>
            <SelectBox label={t('Currency')} {...field('currency')}>{options(choices.currency)}</SelectBox>
            <SelectBox label={t('Time zone')} {...field('time_zone')}>{options(choices.zone)}</SelectBox>
            <SelectBox label={t('Language')} {...field('locale')}>{options(choices.language)}</SelectBox>
          </div>
        </fieldset>
        <hr />
        <fieldset>
          <legend>{t('You, its owner')}</legend>
          <div className={classes.pair}>
            <TextBox label={t('Your name')} autoComplete="name" {...field('owner_name')} />
            <TextBox label={t('Your e-mail')} type="email" autoComplete="username" {...field('owner_email')} />
          </div>
          <PasswordBox label={t('Password')} choosing value={draft.password} onChange={(password) => set({ password })} error={error?.at('/password')} />
        </fieldset>
        {whole && <FormError>{whole}</FormError>}
        <Button type="submit" tone="brand" className={classes.send} disabled={setUp.isPending || !token}>
          {setUp.isPending ? t('Setting up…') : t('Set up and begin')}
        </Button>
      </form>
    </Card>
  )
}
