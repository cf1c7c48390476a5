import { useMutation, useQuery } from '@tanstack/react-query'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { api, ApiError, ask, onProofNeeded } from '../api'
import { errorText } from '../api/errors'
import { t } from '../i18n'
import { askForPasskey, passkeysWork } from '../passkeys'
import { secondFactorQuery } from '../secondfactor/api'
import { useSession } from '../session'
import { Button, Dialog, ErrorState, Skeleton, TextBox } from '../ui'
import classes from './Proof.module.css'

/** Asks who it is before an act that a session left open must not be enough for; the act then goes on by itself. */
export function ProofDialog() {
  const [asked, setAsked] = useState(false)
  const answer = useRef<((proven: boolean) => void)[]>([])
  useEffect(() => {
    onProofNeeded(() => {
      setAsked(true)
      return new Promise((resolve) => answer.current.push(resolve))
    })
    return () => onProofNeeded(async () => false)
  }, [])
  const end = (proven: boolean) => {
    setAsked(false)
    for (const resolve of answer.current.splice(0)) resolve(proven)
  }
  return asked ? <Asking onEnd={end} /> : null
}

type Way = 'password' | 'code' | 'recovery_code' | 'passkey'

const proofOf = async (way: Way, typed: string) =>
  way === 'passkey' ? { passkey: await askForPasskey(await ask(api.POST('/session/passkey/challenge', { body: {} }))) } : { [way]: typed }

/** Whoever has a second factor shows that one: the password alone is not enough then. */
function Asking({ onEnd }: { onEnd: (proven: boolean) => void }) {
  const has = useQuery(secondFactorQuery)
  const first = (): Way => (has.data?.codes ? 'code' : (has.data?.passkeys ?? 0) === 0 ? 'password' : passkeysWork() ? 'passkey' : 'recovery_code')
  return (
    <Dialog title={t('Is it really you?')} opened onClose={() => onEnd(false)} size={420}>
      {has.isError ? <ErrorState error={has.error} onRetry={() => void has.refetch()} /> : !has.data ? <Skeleton lines={3} /> : <Form first={first()} passkeys={has.data.passkeys > 0 && passkeysWork()} onEnd={onEnd} />}
    </Dialog>
  )
}

function Form({ first, passkeys, onEnd }: { first: Way; passkeys: boolean; onEnd: (proven: boolean) => void }) {
  const session = useSession()
  const [way, setWay] = useState(first)
  const [typed, setTyped] = useState('')
  const prove = useMutation({
    mutationFn: async (by: Way) => ask(api.POST('/session/proof', { body: await proofOf(by, by === 'password' ? typed : typed.trim()) })),
    onSuccess: () => onEnd(true),
    meta: { showsErrors: true },
  })
  const wrong = prove.error instanceof ApiError ? prove.error.at(`/${way}`) : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    prove.mutate(way)
  }
  const take = (other: Way) => {
    setTyped('')
    prove.reset()
    setWay(other)
  }
  const box = { 'data-autofocus': true, autoFocus: true, required: true, value: typed, error: wrong, onChange: (e: { target: { value: string } }) => setTyped(e.target.value) }
  return (
    <form key={way} className={classes.form} onSubmit={submit}>
      <p>{t('This is a change that matters, so show once more that it is you. It holds for five minutes.')}</p>
      {way === 'password' && (
        <>
          <input hidden readOnly type="text" autoComplete="username" value={session?.user.email ?? ''} />
          <TextBox label={t('Your password')} type="password" autoComplete="current-password" {...box} />
        </>
      )}
      {way === 'code' && <TextBox label={t('Code from the app on your phone')} inputMode="numeric" autoComplete="one-time-code" maxLength={20} {...box} />}
      {way === 'recovery_code' && <TextBox label={t('Recovery code')} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={60} {...box} />}
      {prove.error && !wrong && <p className={classes.error} role="alert">{errorText(prove.error)}</p>}
      {way !== 'password' && way !== 'recovery_code' && <button type="button" className={classes.link} onClick={() => take('recovery_code')}>{t('Use a recovery code')}</button>}
      {way === 'recovery_code' && first !== 'recovery_code' && <button type="button" className={classes.link} onClick={() => take(first)}>{first === 'code' ? t('Use the app on my phone') : t('Use a passkey')}</button>}
      <div className={classes.foot}>
        {passkeys && way !== 'passkey' && (
          <Button icon={<IconFingerprint size={17} aria-hidden />} disabled={prove.isPending} onClick={() => prove.mutate('passkey')}>{t('Use a passkey')}</Button>
        )}
        <span className={classes.grow} />
        <Button tone="quiet" onClick={() => onEnd(false)}>{t('Cancel')}</Button>
        {way === 'passkey' ? (
          <Button tone="brand" data-autofocus icon={<IconFingerprint size={17} aria-hidden />} disabled={prove.isPending} onClick={() => prove.mutate('passkey')}>{t('Use the passkey')}</Button>
        ) : (
          <Button type="submit" tone="brand" disabled={!typed.trim() || prove.isPending}>{t('Go on')}</Button>
        )}
      </div>
    </form>
  )
}
