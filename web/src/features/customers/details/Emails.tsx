import type { Email } from '@/shared/api'
import { t } from '@/shared/i18n'
import { replaced, without, withPrimary } from './list'
import { ReachList } from './ReachList'
import { useFieldEdit } from './useFieldEdit'

const LABELS = [{ value: 'work', label: t('Work') }, { value: 'home', label: t('Private') }, { value: 'billing', label: t('Billing') }, { value: 'other', label: t('Other') }]

export function Emails() {
  const { customer, readOnly, problem, writer, begin, end, restore, save } = useFieldEdit('emails')
  const { emails } = customer
  const keep = (next: Email[]) => save({ emails: next })
  const put = (i: number, address: string) =>
    keep(i < emails.length ? replaced(emails, i, { address }) : [...emails, { address, label: 'work', primary: emails.length === 0 }])
  return (
    <ReachList
      label={t('E-mails')}
      addLabel={t('Add an e-mail')}
      type="email"
      items={emails.map((e) => ({ text: e.address, label: e.label, primary: e.primary }))}
      labels={LABELS}
      readOnly={readOnly}
      writer={writer}
      errorAt={(i) => problem?.at(`/emails/${i}`)}
      onBegin={begin}
      onEnd={end}
      onRestore={restore}
      onText={put}
      onLabel={(i, label) => void keep(replaced(emails, i, { label: label || null }))}
      onPrimary={(i) => void keep(withPrimary(emails, i))}
      onRemove={(i) => void keep(without(emails, i))}
    />
  )
}
