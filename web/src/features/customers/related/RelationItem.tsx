import { IconUnlink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Relation } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, IconButton } from '@/shared/ui'
import { useUnrelate } from '../api/changes'
import { useOpen, withoutEvents } from '../useWorkspace'
import classes from './Related.module.css'

export function RelationItem({ relation, customerId, labelled = true }: { relation: Relation; customerId: string; labelled?: boolean }) {
  const { section } = useOpen()
  const unrelate = useUnrelate(customerId)
  const mayRemove = useCan()('relations.delete')
  const { other } = relation
  return (
    <li className={classes.item}>
      <Link to="/customers/$customerId/$section" params={{ customerId: other.id, section }} search={withoutEvents}>
        <Avatar name={other.display_name} size={28} square={other.kind === 'company'} />
        <span dir="auto">{other.display_name}</span>
        {labelled && <em>{relation.label}</em>}
      </Link>
      {mayRemove && (
        <IconButton small label={t('Unlink {name}', { name: other.display_name })} tip={false} className={classes.unlink} onClick={() => unrelate.mutate(relation)}>
          <IconUnlink size={15} stroke={1.8} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}
