import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { count } from '@/shared/format'
import { t } from '@/shared/i18n'
import { useOpenItemInSight } from '@/shared/ui'
import { customerSummary } from '../api/queries'
import { useOpen, withoutEvents } from '../useWorkspace'
import classes from './SectionMenu.module.css'
import { SECTIONS } from './sections'
import { useCanHere } from './useCanHere'

export function SectionMenu({ id }: { id: string }) {
  const { section } = useOpen()
  const can = useCanHere(id)
  const counts = useQuery(customerSummary(id)).data?.counts
  const menu = useRef<HTMLElement>(null)
  useOpenItemInSight(menu, section)
  return (
    <nav ref={menu} className={classes.menu} aria-label={t('Sections')}>
      {SECTIONS.filter((s) => can(s.needs)).map(({ id: to, label, icon: Icon, count: counted }) => (
        <Link
          key={to}
          to="/customers/$customerId/$section"
          params={{ customerId: id, section: to }}
          search={withoutEvents}
          className={classes.item}
          data-on={to === section || undefined}
          aria-current={to === section ? 'page' : undefined}
          preload={false}
        >
          <Icon size={17} stroke={1.7} aria-hidden />
          <span>{label}</span>
          {counted && counts?.[counted] ? <b className="num">{count(counts[counted])}</b> : null}
        </Link>
      ))}
    </nav>
  )
}
