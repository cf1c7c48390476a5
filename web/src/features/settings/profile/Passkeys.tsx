import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconFingerprint, IconTrash } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { t } from '@/shared/i18n'
import { passkeysWork } from '@/shared/passkeys'
import { addPasskey, RecoveryCodes, secondFactorQuery } from '@/shared/secondfactor'
import { Button, Dialog, ErrorState, IconButton, Skeleton, TextBox, Time } from '@/shared/ui'
import { passkeysQuery, removePasskey, renamePasskey, type Passkey } from '../api/signIn'
import { Confirm } from '../shared/Confirm'
import { InlineText } from '../shared/InlineText'
import { at, Refused } from '../shared/Page'
import classes from '../shared/settings.module.css'
import { agentName } from './agents'

export function Passkeys() {
  const client = useQueryClient()
  const passkeys = useQuery(passkeysQuery)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey>()
  const [codes, setCodes] = useState<string[]>()
  const again = () => {
    void client.invalidateQueries({ queryKey: passkeysQuery.queryKey })
    void client.invalidateQueries({ queryKey: secondFactorQuery.queryKey })
  }
  const remove = useMutation({ mutationFn: removePasskey, onSuccess: again, meta: { showsErrors: true } })
  return (
    <section className={classes.card} aria-label={t('Passkeys')}>
      <div className={classes.pad}>
        <h3 className={classes.title}>
          <span>{t('Passkeys')}</span>
          <span>
            <Button compact disabled={!passkeysWork()} onClick={() => setAdding(true)}>{t('Add a passkey')}</Button>
          </span>
        </h3>
        <p className={classes.sub}>
          {passkeysWork()
            ? t('Sign in with your fingerprint, your face, the PIN of a device or a security key, without a password.')
            : t('Passkeys work where Patron is opened by the name of its host, over a secure connection.')}
        </p>
      </div>
      {passkeys.isPending && <Skeleton lines={1} />}
      {passkeys.isError && <ErrorState error={passkeys.error} onRetry={() => void passkeys.refetch()} />}
      <ul className={classes.list}>
        {passkeys.data?.map((passkey) => (
          <li key={passkey.id} className={classes.row}>
            <IconFingerprint size={20} stroke={1.6} aria-hidden />
            <div className={classes.main}>
              <InlineText label={t('Name of the passkey')} value={passkey.name} onSave={(name) => renamePasskey(passkey, name).finally(again)} />
            </div>
            <span className={`${classes.side} ${classes.wide}`}>
              {passkey.last_used_at ? <>{t('last used')} <Time at={passkey.last_used_at} /></> : t('not used yet')}
            </span>
            {passkey.suspected && <span className={classes.badge} data-tone="bad">{t('May have been copied')}</span>}
            <IconButton small label={t('Remove {name}', { name: passkey.name })} onClick={() => setRemoving(passkey)}>
              <IconTrash size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {adding && (
        <AddPasskey
          onClose={() => setAdding(false)}
          onAdded={(fresh) => {
            setAdding(false)
            setCodes(fresh)
            again()
          }}
        />
      )}
      {removing && (
        <Confirm title={t('Remove {name}?', { name: removing.name })} action={t('Remove')} record={removing} remove={remove} onClose={() => setRemoving(undefined)}>
          {t('It does not open your account any more. Delete it on the device as well.')}
        </Confirm>
      )}
      {codes && (
        <Dialog title={t('Your recovery codes')} opened onClose={() => setCodes(undefined)} size={520}>
          <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />
        </Dialog>
      )}
    </section>
  )
}

function AddPasskey({ onClose, onAdded }: { onClose: () => void; onAdded: (recoveryCodes?: string[]) => void }) {
  const [name, setName] = useState(() => agentName(navigator.userAgent))
  const add = useMutation({ mutationFn: () => addPasskey(name.trim()), onSuccess: (made) => onAdded(made.recovery_codes ?? undefined), meta: { showsErrors: true } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  return (
    <Dialog title={t('Add a passkey')} opened onClose={onClose} size={420}>
      <form className={classes.form} onSubmit={submit}>
        <TextBox label={t('Name')} help={t('By which you know it again, such as the device it is on.')} data-autofocus required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} error={at(add.error, '/name')} />
        <Refused error={add.error} fields={['/name']} />
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={!name.trim() || add.isPending}>{t('Go on')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
