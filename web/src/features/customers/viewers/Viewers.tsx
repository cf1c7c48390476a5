import { IconEye, IconEyeOff, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Customer, CustomerViewer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Avatar, Dialog, ErrorState, Skeleton, TextBox } from '@/shared/ui'
import { customerViewers } from '../api/viewers'
import { viewersShown } from './order'
import classes from './Viewers.module.css'

const picture = { size: 14, stroke: 2, 'aria-hidden': true } as const

function Standing({ sees, works }: Pick<CustomerViewer, 'sees' | 'works'>) {
  if (works) return <span className={classes.standing} data-tone="ok"><IconPencil {...picture} />{t('Can edit')}</span>
  if (sees) return <span className={classes.standing} data-tone="info"><IconEye {...picture} />{t('Can look')}</span>
  return <span className={classes.standing} data-tone="mute"><IconEyeOff {...picture} />{t('Can’t see')}</span>
}

/** Who of the staff sees a customer, and why or why not. */
export function Viewers({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const viewers = useQuery(customerViewers(customer.id))
  const [text, setText] = useState('')
  const shown = viewersShown(viewers.data ?? [], text)
  const all = viewers.data?.length ?? 0
  const seeing = viewers.data?.filter((v) => v.sees).length ?? 0
  return (
    <Dialog title={t('Who can see {name}', { name: customer.display_name })} opened onClose={onClose} size={560}>
      {viewers.isPending && <Skeleton lines={5} avatar />}
      {viewers.isError && <ErrorState error={viewers.error} onRetry={() => void viewers.refetch()} />}
      {viewers.data && (
        <div className={classes.body}>
          <p className={classes.sum} role="status">{seeing === all ? t('{n, plural, one {The one colleague sees this customer.} other {All # colleagues see this customer.}}', { n: all }) : t('{seeing} of {all} colleagues see this customer.', { seeing, all })}</p>
          <TextBox label={t('Find a colleague')} hideLabel type="search" placeholder={t('Find a colleague')} data-autofocus value={text} onChange={(e) => setText(e.target.value)} />
          <ul className={classes.list} aria-label={t('Colleagues')}>
            {shown.map((v) => (
              <li key={v.user_id} data-off={!v.sees || undefined}>
                <Avatar name={v.name} size={32} />
                <div>
                  <b dir="auto">{v.name}</b>
                  <p dir="auto">{v.reason}</p>
                </div>
                <Standing sees={v.sees} works={v.works} />
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className={classes.none}>{t('Nobody of this name')}</p>}
        </div>
      )}
    </Dialog>
  )
}
