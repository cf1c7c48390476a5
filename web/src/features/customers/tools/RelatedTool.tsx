import { Popover } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import { relationsOf } from '../api/queries'
import { RelationItem } from '../related/RelationItem'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

const RelateForm = lazy(() => import('../related/RelateForm').then((m) => ({ default: m.RelateForm })))
const SHOWN = 5

export function RelatedTool({ id }: { id: string }) {
  const relations = useQuery(relationsOf(id)).data ?? []
  const [adding, setAdding] = useState(false)
  const mayCreate = useCan()('relations.create')
  const add = mayCreate && (
    <Popover opened={adding} onChange={setAdding} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <IconButton id="tool-relate" small label={t('Link a related customer')} tip={false} onClick={() => setAdding(!adding)}><IconPlus size={17} aria-hidden /></IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Link a related customer')}>
        <Suspense>
          <RelateForm customerId={id} onDone={() => setAdding(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
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
