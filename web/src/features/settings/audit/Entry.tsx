import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, useId, useMemo, useState } from 'react'
import type { AuditEntry } from '@/shared/api'
import { t } from '@/shared/i18n'
import { IconButton, Time } from '@/shared/ui'
import type { AuditSearch } from './address'
import own from './Audit.module.css'
import { EntryDetails } from './EntryDetails'
import { lookOf, outcomeWords } from './looks'
import { plainText, sentence, type Piece } from './sentences'

interface Props {
  entry: AuditEntry
  names: Record<string, string>
  custom: (key: string) => string | undefined
  onSearch: (to: Partial<AuditSearch>) => void
}

function Said({ text, strong, customer }: Piece) {
  if (customer) return <Link to="/customers/$customerId/$section" params={{ customerId: customer, section: 'timeline' }} preload={false}><bdi>{text}</bdi></Link>
  return strong ? <b><bdi>{text}</bdi></b> : text
}

/** One entry in a sentence; the rest on demand. */
export const Entry = memo(function Entry({ entry, names, custom, onSearch }: Props) {
  const id = useId()
  const [opened, setOpened] = useState(false)
  const pieces = useMemo(() => sentence(entry, names, custom), [entry, names, custom])
  const { icon: Icon, tone } = lookOf(entry)
  const outcome = outcomeWords(entry)
  return (
    <li className={own.entry} data-open={opened || undefined}>
      <span className={own.icon} data-tone={tone}><Icon size={16} stroke={1.8} aria-hidden /></span>
      <p className={own.said}>
        {pieces.map((piece, i) => <Said key={i} {...piece} />)}
        {outcome && <span className={own.outcome} data-tone={entry.outcome >= 400 ? tone : 'mute'}>{outcome}</span>}
      </p>
      <Time as="clock" at={entry.at} />
      <IconButton small className={own.toggle} label={t('Details: {what}', { what: plainText(pieces) })} tip={false} aria-expanded={opened} aria-controls={opened ? id : undefined} onClick={() => setOpened(!opened)}>
        <IconChevronDown size={16} stroke={1.9} aria-hidden />
      </IconButton>
      {opened && <EntryDetails id={id} entry={entry} pieces={pieces} custom={custom} onSearch={onSearch} />}
    </li>
  )
})
