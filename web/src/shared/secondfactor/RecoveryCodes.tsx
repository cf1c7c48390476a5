import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../i18n'
import { Button, toast } from '../ui'
import classes from './SecondFactor.module.css'

/** Shown once, to be printed or kept: the way in when the phone is lost. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    navigator.clipboard?.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => toast.show(t('The browser does not allow copying; select the text and copy it yourself')),
    )
  }
  return (
    <div className={classes.form}>
      <p>{t('Keep these codes where you find them without your phone. Each lets you in once when the phone is lost. They are shown only now.')}</p>
      <ul className={classes.codes} aria-label={t('Recovery codes')} dir="ltr">
        {codes.map((code) => <li key={code}><code>{code}</code></li>)}
      </ul>
      <div className={classes.foot}>
        <Button icon={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />} onClick={copy}>{copied ? t('Copied') : t('Copy')}</Button>
        <Button icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t('Print')}</Button>
        <span className={classes.grow} />
        <Button tone="brand" onClick={onDone}>{t('I have kept them')}</Button>
      </div>
    </div>
  )
}
