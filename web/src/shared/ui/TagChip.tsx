import { IconX } from '@tabler/icons-react'
import type { Tag } from '../api'
import { t } from '../i18n'
import classes from './TagChip.module.css'

interface Props {
  tag: Pick<Tag, 'name' | 'tone'>
  onRemove?: () => void
}

export function TagChip({ tag, onRemove }: Props) {
  return (
    <span className={classes.chip} data-tone={tag.tone} data-removable={onRemove ? true : undefined}>
      <span className={classes.name}>{tag.name}</span>
      {onRemove && (
        <button type="button" aria-label={t('Remove tag {name}', { name: tag.name })} onClick={onRemove}>
          <IconX size={13} stroke={2} aria-hidden />
        </button>
      )}
    </span>
  )
}
