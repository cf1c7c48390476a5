import type { PhoneInput } from '@/shared/api'
import { t } from '@/shared/i18n'
import { replaced, without, withPrimary } from './list'
import { ReachList } from './ReachList'
import { useFieldEdit } from './useFieldEdit'

const LABELS = [{ value: 'mobile', label: t('Mobile') }, { value: 'work', label: t('Work') }, { value: 'home', label: t('Private') }, { value: 'fax', label: t('Fax') }, { value: 'other', label: t('Other') }]

/** What the server makes itself (E.164) is not sent back. */
const typed = (phones: PhoneInput[]) => phones.map(({ number, label, primary }) => ({ number, label, primary }))

export function Phones() {
  const { customer, readOnly, problem, writer, begin, end, restore, save } = useFieldEdit('phones')
  const { phones } = customer
  const keep = (next: PhoneInput[]) => save({ phones: typed(next) })
  const put = (i: number, number: string) =>
    keep(i < phones.length ? replaced(phones, i, { number }) : [...phones, { number, label: 'mobile', primary: phones.length === 0 }])
  return (
    <ReachList
      label={t('Phones')}
      addLabel={t('Add a phone number')}
      type="tel"
      items={phones.map((p) => ({ text: p.number, label: p.label, primary: p.primary }))}
      labels={LABELS}
      readOnly={readOnly}
      writer={writer}
      errorAt={(i) => problem?.at(`/phones/${i}`)}
      onBegin={begin}
      onEnd={end}
      onRestore={restore}
      onText={put}
      onLabel={(i, label) => void keep(replaced(phones, i, { label: label || null }))}
      onPrimary={(i) => void keep(withPrimary(phones, i))}
      onRemove={(i) => void keep(without(phones, i))}
    />
  )
}
