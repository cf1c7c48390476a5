import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '@/shared/i18n'
import { Button, toast } from '@/shared/ui'
import classes from './settings.module.css'

/** Something to be taken along; `quiet` where it is not the screen's one purpose. */
export function CopyBox({ label, value, quiet }: { label: string; value: string; quiet?: boolean }) {
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
      <Button tone={quiet ? 'plain' : 'brand'} onClick={copy} icon={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
        {copied ? t('Copied') : t('Copy')}
      </Button>
    </div>
  )
}
