import { IconMapPin, IconPlus, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useId } from 'react'
import type { Address, AddressKind } from '@/shared/api'
import { t } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { SelectControl } from './controls/SelectControl'
import { TextControl } from './controls/TextControl'
import { countryOptions } from '@/shared/format/countries'
import classes from './Details.module.css'
import { replaced } from './list'
import { useFieldEdit } from './useFieldEdit'

const KINDS: { value: AddressKind; label: string }[] = [
  { value: 'billing', label: t('Billing') }, { value: 'shipping', label: t('Shipping') }, { value: 'service', label: t('Service') },
]

type TextKey = 'line1' | 'line2' | 'postal_code' | 'city' | 'region' | 'access_notes' | 'valid_from' | 'valid_to'

const CELLS: { key: TextKey; label: string; wide?: boolean; type?: 'date'; only?: AddressKind }[] = [
  { key: 'line1', label: t('Street'), wide: true },
  { key: 'line2', label: t('Second line'), wide: true },
  { key: 'postal_code', label: t('Postal code') },
  { key: 'city', label: t('City') },
  { key: 'region', label: t('Region') },
]
const SERVICE_CELLS: typeof CELLS = [
  { key: 'access_notes', label: t('How to get in'), wide: true },
  { key: 'valid_from', label: t('From'), type: 'date' },
  { key: 'valid_to', label: t('Until'), type: 'date' },
]

const fresh = (kind: AddressKind, primary: boolean): Address => ({
  kind, line1: null, line2: null, city: null, region: null, postal_code: null, country: null, access_notes: null, valid_from: null, valid_to: null, primary,
})

/** One primary address of each kind. */
function primaryOfKind(list: Address[], index: number): Address[] {
  const kind = list[index]?.kind
  return list.map((a, i) => (a.kind === kind ? { ...a, primary: i === index } : a))
}

export function Addresses() {
  const { customer, readOnly, problem, begin, end, restore, save } = useFieldEdit('addresses')
  const id = useId()
  const { addresses } = customer
  const keep = (next: Address[]) => save({ addresses: next })
  const add = () => {
    const kind = KINDS.find((k) => !addresses.some((a) => a.kind === k.value))?.value ?? 'service'
    void keep([...addresses, fresh(kind, !addresses.some((a) => a.kind === kind))])
  }
  return (
    <section className={classes.group}>
      <h2>{t('Addresses')}</h2>
      {addresses.map((address, i) => (
        <div key={i} className={classes.address} role="group" aria-label={t('Address {n}', { n: i + 1 })}>
          <header>
            <SelectControl id={`${id}-${i}-kind`} label={t('Kind of address')} value={address.kind} options={KINDS} readOnly={readOnly} onSave={(kind) => void keep(replaced(addresses, i, { kind: kind as AddressKind, primary: !addresses.some((a) => a.kind === kind) }))} />
            {!readOnly && (
              <IconButton small className={classes.star} label={address.primary ? t('Default of its kind') : t('Make this the default of its kind')} tip="top" aria-pressed={address.primary} onClick={() => !address.primary && void keep(primaryOfKind(addresses, i))}>
                {address.primary ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} stroke={1.7} aria-hidden />}
              </IconButton>
            )}
            {!readOnly && (
              <IconButton small label={t('Remove this address')} tip="top" onClick={() => void keep(addresses.filter((_, at) => at !== i))}>
                <IconTrash size={15} stroke={1.7} aria-hidden />
              </IconButton>
            )}
          </header>
          <div className={classes.two}>
            {[...CELLS, ...(address.kind === 'service' ? SERVICE_CELLS : [])].map((cell) => {
              const cellId = `${id}-${i}-${cell.key}`
              const error = problem?.at(`/addresses/${i}/${cell.key}`)
              return (
                <div key={cell.key} className={`${classes.cell} ${cell.wide ? classes.wide : ''}`}>
                  <label htmlFor={cellId}>{cell.label}</label>
                  <TextControl id={cellId} type={cell.type} value={address[cell.key] ?? ''} invalid={Boolean(error)} readOnly={readOnly} onBegin={begin} onEnd={end} onRestore={restore} onSave={(text) => keep(replaced(addresses, i, { [cell.key]: text || null }))} />
                  {error && <p id={`${cellId}-error`} className={classes.error} role="alert">{error}</p>}
                </div>
              )
            })}
            <div className={classes.cell}>
              <label htmlFor={`${id}-${i}-country`}>{t('Country')}</label>
              <SelectControl id={`${id}-${i}-country`} value={address.country ?? ''} none="—" options={countryOptions()} readOnly={readOnly} onBegin={begin} onEnd={end} onSave={(country) => void keep(replaced(addresses, i, { country: country || null }))} />
            </div>
          </div>
        </div>
      ))}
      {!readOnly && (
        <button type="button" className={classes.add} onClick={add}>
          {addresses.length > 0 ? <IconPlus size={15} aria-hidden /> : <IconMapPin size={15} aria-hidden />}
          {t('Add an address')}
        </button>
      )}
    </section>
  )
}
