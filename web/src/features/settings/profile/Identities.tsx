import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconLogin2 } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask } from '@/shared/api'
import { t } from '@/shared/i18n'
import { leaveForProvider } from '@/shared/provider'
import { Button, ErrorState, Time } from '@/shared/ui'
import { identitiesQuery, removeIdentity, type Identity } from '../api/signIn'
import { Confirm } from '../shared/Confirm'
import { Refused } from '../shared/Page'
import { useOffered } from '../shared/useOffered'
import classes from '../shared/settings.module.css'

/** The account at the provider that signs one in; nothing where there is no provider and never was. */
export function Identities() {
  const client = useQueryClient()
  const { basepath } = useRouter()
  const identities = useQuery(identitiesQuery)
  const offered = useOffered()
  const [leaving, setLeaving] = useState<Identity>()
  const link = useMutation({
    mutationFn: async () => leaveForProvider((await ask(api.POST('/session/identities'))).url, { basepath, next: '/settings/profile' }),
    meta: { showsErrors: true },
  })
  const remove = useMutation({
    mutationFn: removeIdentity,
    onSuccess: () => void client.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
    meta: { showsErrors: true },
  })
  const mine = identities.data ?? []
  if (!identities.isError && !offered && mine.length === 0) return null
  const linked = mine.some((one) => one.name)
  return (
    <section className={classes.card} aria-label={t('Accounts elsewhere')}>
      <div className={classes.pad}>
        <h3 className={classes.title}>{t('Accounts elsewhere')}</h3>
        <p className={classes.sub}>{t('An account that signs you in here without a password.')}</p>
        <Refused error={link.error} />
      </div>
      {identities.isError && <ErrorState error={identities.error} onRetry={() => void identities.refetch()} />}
      <ul className={classes.list}>
        {mine.map((one) => (
          <li key={one.id} className={classes.row}>
            <IconLogin2 size={20} stroke={1.6} aria-hidden />
            <div className={`${classes.main} ${classes.whole}`}>
              <b>{one.name || one.issuer}</b>
              <small>
                {one.name ? one.issuer : t('Not offered any more')} · {t('last used')} <Time at={one.last_used_at} />
              </small>
            </div>
            <Button compact onClick={() => { remove.reset(); setLeaving(one) }}>{t('Unlink')}</Button>
          </li>
        ))}
        {offered && !linked && (
          <li className={classes.row}>
            <IconLogin2 size={20} stroke={1.6} aria-hidden />
            <div className={`${classes.main} ${classes.whole}`}>
              <b>{offered}</b>
              <small>{t('Not linked')}</small>
            </div>
            <Button compact disabled={link.isPending || link.isSuccess} onClick={() => link.mutate()}>{t('Link my account')}</Button>
          </li>
        )}
      </ul>
      {leaving && (
        <Confirm title={t('Unlink {name}?', { name: leaving.name || leaving.issuer })} action={t('Unlink')} record={leaving} remove={remove} onClose={() => setLeaving(undefined)}>
          {t('It does not sign you in any more, and your other devices are signed out. Be sure that you know your password, or have a passkey.')}
        </Confirm>
      )}
    </section>
  )
}
