import type { FieldOption, Tone } from '@/shared/api'

/** An option while it is edited: `value` is what customers already hold, so it stays when the label changes. */
export interface DraftOption {
  id: number
  value: string
  label: string
  tone: Tone
}

let lastId = 0
export const newOption = (): DraftOption => ({ id: ++lastId, value: '', label: '', tone: 'mute' })
export const toDraft = (options: FieldOption[]): DraftOption[] => options.map((o) => ({ ...newOption(), value: o.value, label: o.label || o.value, tone: o.tone ?? 'mute' }))

/** A value made from a label: small letters, digits and _, unlike all others. */
export function valueFor(label: string, taken: string[]): string {
  const base = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '').slice(0, 90) || 'option'
  let value = base
  for (let n = 2; taken.includes(value); n++) value = `${base}_${n}`
  return value
}

/** The options as they are sent: empty ones left out, new ones with values of their own. */
export function cleanOptions(options: DraftOption[]): FieldOption[] {
  const taken = options.map((o) => o.value).filter(Boolean)
  return options
    .map((o) => ({ ...o, label: o.label.trim() }))
    .filter((o) => o.label)
    .map(({ value, label, tone }) => {
      const made = value || valueFor(label, taken)
      taken.push(made)
      return { value: made, label, tone }
    })
}
