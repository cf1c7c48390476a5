import { ApiError } from '@/shared/api'

/** The server's words on the whole form: those of spots that have a field of their own stand there instead. */
export function wholeFormError(error: unknown, fields: string[]): string | undefined {
  if (!error) return undefined
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  const elsewhere = error.problem.errors?.filter((e) => fields.includes(e.pointer)) ?? []
  if (elsewhere.length > 0 && elsewhere.length === error.problem.errors?.length) return undefined
  const rest = error.problem.errors?.filter((e) => !fields.includes(e.pointer)).map((e) => e.message) ?? []
  return error.problem.detail || rest.join(' ') || error.message
}
