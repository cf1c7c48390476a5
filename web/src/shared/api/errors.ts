import { t } from '../i18n'

/** Why something failed, in words for the person: fetch itself says "Failed to fetch" when nobody answers. */
export function errorText(error: unknown): string {
  if (error instanceof TypeError) return t('The server cannot be reached. Look at the connection and try again.')
  return error instanceof Error ? error.message : String(error)
}
