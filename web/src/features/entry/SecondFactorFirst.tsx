import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react'
import { useState } from 'react'
import { errorText } from '@/shared/api/errors'
import { t } from '@/shared/i18n'
import { passkeysWork } from '@/shared/passkeys'
import { ProofDialog } from '@/shared/proof'
import { addPasskey, CodeSetup, RecoveryCodes } from '@/shared/secondfactor'
import { Button } from '@/shared/ui'
import { Card, FormError } from './Card'
import classes from './Card.module.css'
import { safeNext } from './next'

/** The role asks for a second factor: nothing else goes before it is there. */
export function SecondFactorFirst({ next }: { next?: string }) {
  const client = useQueryClient()
  const router = useRouter()
  const [scanning, setScanning] = useState(false)
  const [codes, setCodes] = useState<string[]>()
  const passkey = useMutation({
    mutationFn: () => addPasskey(t('My passkey')),
    onSuccess: (made) => (made.recovery_codes ? setCodes(made.recovery_codes) : goOn()),
    meta: { showsErrors: true },
  })
  const goOn = () => {
    client.clear()
    router.history.replace(router.basepath.replace(/\/$/, '') + safeNext(next))
  }
  if (codes) return <Card wide title={t('Your recovery codes')}><RecoveryCodes codes={codes} onDone={goOn} /></Card>
  if (scanning) return <Card title={t('Codes from your phone')}><CodeSetup onDone={setCodes} onCancel={() => setScanning(false)} /><ProofDialog /></Card>
  return (
    <Card title={t('A second factor first')} lead={t('People with your role sign in with more than a password. Set it up now; it takes a minute.')}>
      <div className={classes.form}>
        <Button className={classes.send} icon={<IconDeviceMobile size={18} aria-hidden />} onClick={() => setScanning(true)}>{t('Codes from an app on my phone')}</Button>
        {passkeysWork() && <Button className={classes.send} icon={<IconFingerprint size={18} aria-hidden />} disabled={passkey.isPending} onClick={() => passkey.mutate()}>{t('A passkey on this device')}</Button>}
        {passkey.error && <FormError>{errorText(passkey.error)}</FormError>}
      </div>
      <ProofDialog />
    </Card>
  )
}
