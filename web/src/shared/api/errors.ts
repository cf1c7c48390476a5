import { t } from '../i18n'
import { ApiError, isStatus } from './client'

/** Why something failed, in words for the person: fetch itself says "Failed to fetch" when nobody answers. */
export function errorText(error: unknown): string {
  if (error instanceof TypeError) return t('The server cannot be reached. Look at the connection and try again.')
  // At its field the message is half a sentence; alone it has to be whole.
  if (error instanceof ApiError && error.problem.errors?.some((e) => e.code === 'look_only')) return t('You may look into this folder, but not work in it.')
  // Programs are told which permission is missing; a person has no use for its name.
  if (isStatus(error, 403)) return error.message.replace(/ \([a-z_]+\.[a-z_]+\)/, '')
  return error instanceof Error ? error.message : String(error)
}
