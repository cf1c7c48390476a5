import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { Button, toast } from '@/shared/ui'
import classes from './settings.module.css'

/** Something shown once, to be taken along. */
export function CopyBox({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => toast.show(t('The browser does not allow copying; select the text and copy it yourself')),
    )
  }
  return (
    <div className={classes.copy}>
      <input readOnly aria-label={label} value={value} onFocus={(e) => e.currentTarget.select()} />
      <Button tone="brand" onClick={copy} icon={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
        {copied ? t('Copied') : t('Copy')}
      </Button>
    </div>
  )
}
