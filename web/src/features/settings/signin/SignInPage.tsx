import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState, type ChangeEvent, type FormEvent } from 'react'
import { shortTime } from '@/shared/format'
import { t } from '@/shared/i18n'
import { Button, CheckBox, ErrorState, Skeleton, TextBox, toast } from '@/shared/ui'
import { changeProvider, checkProvider, providersQuery, removeProvider, setUpProvider, type Provider } from '../api/signIn'
import { Confirm } from '../shared/Confirm'
import { CopyBox } from '../shared/CopyBox'
import { at, Page, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'

export function SignInPage() {
  const providers = useQuery(providersQuery)
  const provider = providers.data?.[0]
  return (
    <Page title={t('Sign-in')} lead={t('Where your staff may sign in instead of by password: an account that they have already, such as at Google or Keycloak.')}>
      {providers.isPending && <Skeleton lines={4} />}
      {providers.isError && <ErrorState error={providers.error} onRetry={() => void providers.refetch()} />}
      {providers.data && <ProviderForm key={provider?.version ?? 0} provider={provider} />}
      {provider && <Check provider={provider} />}
    </Page>
  )
}

const MEMBERS = ['name', 'issuer', 'client_id', 'client_secret'] as const

function ProviderForm({ provider }: { provider: Provider | undefined }) {
  const client = useQueryClient()
  const before = { name: provider?.name ?? '', issuer: provider?.issuer ?? '', client_id: provider?.client_id ?? '', client_secret: '', enabled: provider?.enabled ?? true }
  const [draft, setDraft] = useState(before)
  const [leaving, setLeaving] = useState(false)
  const again = () => client.invalidateQueries({ queryKey: providersQuery.queryKey })
  const typed = MEMBERS.filter((m) => draft[m].trim() !== before[m])
  const changed = typed.length > 0 || draft.enabled !== before.enabled
  const save = useMutation({
    mutationFn: () => {
      const texts = Object.fromEntries(typed.map((m) => [m, draft[m].trim()]))
      if (provider) return changeProvider(provider, { ...texts, ...(draft.enabled === before.enabled ? {} : { enabled: draft.enabled }) })
      return setUpProvider({ name: draft.name.trim(), issuer: draft.issuer.trim(), client_id: draft.client_id.trim(), client_secret: draft.client_secret.trim(), enabled: draft.enabled })
    },
    onSuccess: async () => {
      await again()
      toast.show(t('Saved'))
    },
    meta: { showsErrors: true },
  })
  const remove = useMutation({ mutationFn: removeProvider, onSuccess: again, meta: { showsErrors: true } })
  const field = (name: (typeof MEMBERS)[number]) => ({
    value: draft[name],
    error: at(save.error, `/${name}`),
    onChange: (e: ChangeEvent<HTMLInputElement>) => setDraft({ ...draft, [name]: e.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed) save.mutate()
  }
  const secretNeeded = !provider || draft.issuer.trim() !== before.issuer
  return (
    <form className={`${classes.card} ${classes.pad}`} onSubmit={submit} aria-label={t('OpenID Connect provider')}>
      <h3 className={classes.title}>{t('OpenID Connect provider')}</h3>
      <div className={classes.labelled}>
        <span>{t('Address to come back to; register it at the provider')}</span>
        <CopyBox label={t('Address to come back to; register it at the provider')} value={`${location.origin}/sign-in/openid`} quiet />
      </div>
      <TextBox label={t('Issuer')} help={t('As the provider names itself, such as https://accounts.google.com')} type="url" required autoComplete="off" spellCheck={false} {...field('issuer')} />
      <div className={classes.pair}>
        <TextBox label={t('Client id')} required autoComplete="off" spellCheck={false} {...field('client_id')} />
        <TextBox
          label={t('Client secret')}
          type="password"
          autoComplete="new-password"
          required={secretNeeded}
          help={secretNeeded ? t('Kept sealed; nobody sees it again.') : t('Set {time}. Type another one to replace it.', { time: shortTime(provider.secret_set_at) })}
          {...field('client_secret')}
        />
      </div>
      <TextBox label={t('Name on the button')} help={t('People read: Continue with {name}', { name: draft.name.trim() || '…' })} required maxLength={60} {...field('name')} />
      <CheckBox label={t('Offer it on the sign-in page')} checked={draft.enabled} onChange={(e) => setDraft({ ...draft, enabled: e.target.checked })} />
      <Refused error={save.error} fields={MEMBERS.map((m) => `/${m}`)} />
      <div className={classes.foot}>
        {provider && <Button tone="quiet" onClick={() => { remove.reset(); setLeaving(true) }}>{t('Remove')}</Button>}
        <span className={classes.grow} />
        {provider && changed && <Button tone="quiet" onClick={() => setDraft(before)}>{t('Undo')}</Button>}
        <Button type="submit" tone="brand" disabled={!changed || save.isPending}>{provider ? t('Save') : t('Set up')}</Button>
      </div>
      {leaving && provider && (
        <Confirm title={t('Remove {name}?', { name: provider.name })} action={t('Remove')} record={provider} remove={remove} onClose={() => setLeaving(false)}>
          {t('Nobody signs in by it any more. Who never chose a password asks for one by “Forgotten the password?”.')}
        </Confirm>
      )}
    </form>
  )
}

function Check({ provider }: { provider: Provider }) {
  const check = useMutation({ mutationFn: () => checkProvider(provider), meta: { showsErrors: true } })
  return (
    <section className={`${classes.card} ${classes.pad}`} aria-label={t('Check')}>
      <h3 className={classes.title}>
        <span>{t('Does it work?')}</span>
        <span>
          <Button compact disabled={check.isPending} onClick={() => check.mutate()}>{check.isPending ? t('Asking…') : t('Check')}</Button>
        </span>
      </h3>
      <p className={classes.sub}>{t('Asks the provider what it says of itself, for its keys, and whether it takes your secret.')}</p>
      <div role="status" className={classes.form}>
        {check.data?.usable && <div><span className={classes.badge} data-tone="ok"><IconCircleCheck size={14} aria-hidden />{t('Nothing is wrong')}</span></div>}
        {check.data?.faults.map((fault) => <p key={fault} className={classes.error}>{fault}</p>)}
      </div>
      <Refused error={check.error} />
    </section>
  )
}
