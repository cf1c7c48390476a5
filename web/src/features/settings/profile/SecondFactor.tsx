import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDeviceMobile, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { CodeSetup, RecoveryCodes, secondFactorQuery } from '@/shared/secondfactor'
import { Button, Dialog, ErrorState, Skeleton } from '@/shared/ui'
import { makeRecoveryCodes, removeCodes } from '../api/signIn'
import { Confirm } from '../shared/Confirm'
import { Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'

type Open = 'setup' | 'remove' | { codes: string[] }

export function SecondFactor() {
  const client = useQueryClient()
  const state = useQuery(secondFactorQuery)
  const [open, setOpen] = useState<Open>()
  const again = () => void client.invalidateQueries({ queryKey: secondFactorQuery.queryKey })
  const remove = useMutation({ mutationFn: () => removeCodes(), onSuccess: again, meta: { showsErrors: true } })
  const renew = useMutation({
    mutationFn: makeRecoveryCodes,
    onSuccess: (answer) => {
      setOpen({ codes: answer.recovery_codes ?? [] })
      again()
    },
    meta: { showsErrors: true },
  })
  const has = state.data
  const close = () => setOpen(undefined)
  return (
    <section className={classes.card} aria-label={t('Second factor')}>
      <div className={classes.pad}>
        <h3 className={classes.title}>{t('Second factor')}</h3>
        <p className={classes.sub}>{t('Whoever learns your password cannot sign in without it.')}</p>
        <Refused error={renew.error} />
      </div>
      {state.isPending && <Skeleton lines={2} />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {has && (
        <ul className={classes.list}>
          <li className={classes.row}>
            <IconDeviceMobile size={20} stroke={1.6} aria-hidden />
            <div className={`${classes.main} ${classes.whole}`}>
              <b>{t('Codes from an app on my phone')}</b>
              <small>{has.codes ? t('Signing in asks for six digits that the app shows') : t('Not set up')}</small>
            </div>
            {has.codes ? (
              <>
                <span className={classes.badge} data-tone="ok">{t('On')}</span>
                <Button compact onClick={() => setOpen('remove')}>{t('Turn off')}</Button>
              </>
            ) : (
              <Button compact tone="brand" onClick={() => setOpen('setup')}>{t('Set up')}</Button>
            )}
          </li>
          {(has.codes || has.passkeys > 0) && (
            <li className={classes.row}>
              <IconShieldCheck size={20} stroke={1.6} aria-hidden />
              <div className={`${classes.main} ${classes.whole}`}>
                <b>{t('Recovery codes')}</b>
                <small>{t('{count} of 10 left, for the day the phone is lost', { count: has.recovery_codes_left })}</small>
              </div>
              <Button compact disabled={renew.isPending} onClick={() => renew.mutate()}>{t('Make new ones')}</Button>
            </li>
          )}
        </ul>
      )}
      {open === 'setup' && (
        <Dialog title={t('Codes from your phone')} opened onClose={close} size={440}>
          <CodeSetup
            onCancel={close}
            onDone={(codes) => {
              setOpen({ codes })
              again()
            }}
          />
        </Dialog>
      )}
      {open === 'remove' && (
        <Confirm title={t('Sign in without codes?')} action={t('Turn off')} record={undefined} remove={remove} onClose={close}>
          {t('From then on the password alone opens your account, unless you have a passkey.')}
        </Confirm>
      )}
      {typeof open === 'object' && (
        <Dialog title={t('Your recovery codes')} opened onClose={close} size={520}>
          <RecoveryCodes codes={open.codes} onDone={close} />
        </Dialog>
      )}
    </section>
  )
}
