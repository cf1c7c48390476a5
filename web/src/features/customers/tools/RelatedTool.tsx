import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { t } from '@/shared/i18n'
import { IconButton, PopoverButton, part } from '@/shared/ui'
import { customerSummary, relationsOf } from '../api/queries'
import { useCanHere } from '../profile/useCanHere'
import { RelationItem } from '../related/RelationItem'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

const RelateForm = part(() => import('../related/RelateForm'), (m) => m.RelateForm)
const SHOWN = 5

export function RelatedTool({ id }: { id: string }) {
  // Most customers are linked with nobody, and the summary, which is read anyway, says so.
  const linked = useQuery({ ...customerSummary(id), select: (s) => s.counts.relations !== 0 }).data ?? false
  const relations = useQuery({ ...relationsOf(id), enabled: linked }).data ?? []
  const can = useCanHere(id)
  const mayCreate = can('relations.create')
  if (!can('relations.view')) return null
  const add = mayCreate && (
    <PopoverButton
      label={t('Link a related customer')}
      position="bottom-end"
      width={300}
      button={<IconButton id="tool-relate" small label={t('Link a related customer')} tip={false}><IconPlus size={17} aria-hidden /></IconButton>}
    >
      {(close) => (
        <Suspense>
          <RelateForm customerId={id} onDone={close} />
        </Suspense>
      )}
    </PopoverButton>
  )
  return (
    <Tool title={t('Related customers')} action={add}>
      {relations.length === 0 && <p className={classes.none}>{t('Nobody linked')}</p>}
      <ul className={classes.list}>
        {relations.slice(0, SHOWN).map((r) => (
          <RelationItem key={r.id} relation={r} customerId={id} />
        ))}
      </ul>
    </Tool>
  )
}
