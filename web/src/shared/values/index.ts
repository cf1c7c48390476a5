export { useFieldOptions } from './useFieldOptions'
export { ValueBox, valueKind, type ValueKind } from './ValueBox'
