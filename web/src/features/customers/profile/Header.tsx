import { IconArrowLeft, IconBuilding, IconLayoutSidebarRight, IconMapPin } from '@tabler/icons-react'
import { Fragment, Suspense } from 'react'
import type { Customer, CustomerRow } from '@/shared/api'
import { countryName } from '@/shared/format'
import { t } from '@/shared/i18n'
import { IconButton, Skeleton, part } from '@/shared/ui'
import { useOpen } from '../useWorkspace'
import { Actions } from './Actions'
import classes from './Header.module.css'
import { More } from './More'
import { NameField } from './NameField'
import { OthersHere } from './OthersHere'
import { Photo } from './Photo'
import { StatusMenu } from './StatusMenu'
import { WhoSees } from './WhoSees'
import { WorkingState } from './WorkingState'

const SegmentChips = part(() => import('./SegmentChips'), (m) => m.SegmentChips)

interface Props {
  id: string
  customer: Customer | undefined
  row: CustomerRow | undefined
  onTools: () => void
}

/** Painted at once from the list's row; the record fills in the rest. */
export function Header({ id, customer, row, onTools }: Props) {
  const { close } = useOpen()
  const known = customer ?? row
  const place = customer?.addresses.find((a) => a.primary) ?? customer?.addresses[0]
  const city = place?.city ?? row?.city
  const where = [city, place?.country && countryName(place.country)].filter((part) => !!part)
  const company = known?.kind === 'company' ? undefined : known?.company_name
  return (
    <header className={classes.head}>
      <IconButton className={classes.back} label={t('Back to the list')} tip={false} onClick={close}>
        <IconArrowLeft size={20} aria-hidden />
      </IconButton>
      {known ? <Photo id={id} known={known} /> : <Skeleton lines={1} avatar />}
      <div className={classes.identity}>
        <div className={classes.nameLine}>
          {customer ? <NameField key={id} customer={customer} /> : <h1 className={classes.name} dir="auto">{known?.display_name}</h1>}
          {known && <StatusMenu id={id} known={known} customer={customer} />}
          <Suspense><SegmentChips id={id} /></Suspense>
        </div>
        <div className={classes.meta}>
          {known && <WorkingState customer={customer} row={row} />}
          {company && <span><IconBuilding size={15} stroke={1.7} aria-hidden /><bdi>{company}</bdi></span>}
          {where.length > 0 && <span><IconMapPin size={15} stroke={1.7} aria-hidden /><span className={classes.where}>{where.map((part, i) => <Fragment key={part}>{i > 0 && ', '}<bdi>{part}</bdi></Fragment>)}</span></span>}
        </div>
      </div>
      <OthersHere id={id} />
      <div className={classes.actions}>
        {customer && <Actions customer={customer} />}
        {customer && <More customer={customer} />}
        {customer && <WhoSees key={id} customer={customer} />}
        <IconButton className={classes.tools} label={t('Tools')} onClick={onTools}>
          <IconLayoutSidebarRight size={19} stroke={1.7} aria-hidden />
        </IconButton>
      </div>
    </header>
  )
}
