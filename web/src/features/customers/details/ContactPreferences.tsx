import { useId } from 'react'
import type { Channel, Customer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { CheckControl } from './controls/CheckControl'
import { ChoicesControl } from './controls/ChoicesControl'
import { SelectControl } from './controls/SelectControl'
import { FieldLine } from './FieldLine'
import { SimpleField } from './SimpleField'
import { useFieldEdit } from './useFieldEdit'

type Preferred = Customer['preferred_contact']

const CHANNELS: { value: Channel; label: string }[] = [
  { value: 'email', label: t('E-mail') }, { value: 'call', label: t('Call') }, { value: 'sms', label: t('SMS') }, { value: 'whatsapp', label: t('WhatsApp') },
]
const PREFERRED: { value: NonNullable<Preferred>; label: string }[] = [...CHANNELS, { value: 'post', label: t('Post') }]

export function ContactPreferences() {
  const id = useId()
  const preferred = useFieldEdit('preferred_contact')
  const refused = useFieldEdit('do_not_contact')
  const newsletter = useFieldEdit('newsletter')
  const { customer, readOnly } = preferred
  return (
    <>
      <FieldLine id={`${id}-p`} label={t('Preferred contact')} error={preferred.error}>
        <SelectControl id={`${id}-p`} value={customer.preferred_contact ?? ''} options={PREFERRED} none={t('No preference')} readOnly={readOnly} onBegin={preferred.begin} onEnd={preferred.end} onSave={(v) => void preferred.save({ preferred_contact: (v || null) as Preferred })} />
      </FieldLine>
      <FieldLine id={`${id}-d`} label={t('Do not contact by')} error={refused.error}>
        <ChoicesControl label={t('Do not contact by')} value={customer.do_not_contact} options={CHANNELS.map((c) => ({ ...c, tone: 'bad' }))} readOnly={readOnly} onSave={(v) => void refused.save({ do_not_contact: v as Channel[] })} />
      </FieldLine>
      <FieldLine id={`${id}-n`} label={t('Newsletter')} error={newsletter.error}>
        <CheckControl id={`${id}-n`} value={customer.newsletter} readOnly={readOnly} onSave={(v) => void newsletter.save({ newsletter: v })} />
      </FieldLine>
      <SimpleField field="language" />
      <SimpleField field="time_zone" />
    </>
  )
}
