import { IconAlertTriangle, IconCirclePlus, IconDownload, IconEye, IconLock, IconLogin2, IconLogout2, IconPencil, IconRestore, IconSearch, IconTrash, type Icon } from '@tabler/icons-react'
import type { AuditEntry, Tone } from '@/shared/api'
import { t } from '@/shared/i18n'
import { routeOf } from './sentences'
import { PASSING } from './words'

interface Look {
  icon: Icon
  tone: Tone
}

/** The first that fits the kind. */
const KINDS: [RegExp, Look][] = [
  [/^customer\.(opened|sensitive_shown)$/, { icon: IconEye, tone: 'info' }],
  [/^customers\.searched$/, { icon: IconSearch, tone: 'info' }],
  [/^export\./, { icon: IconDownload, tone: 'violet' }],
  [/^session\.started$|^password\./, { icon: IconLogin2, tone: 'ok' }],
  [/^session\.ended$/, { icon: IconLogout2, tone: 'mute' }],
  [/\.(created|added|written|uploaded|invited|joined|founded)$/, { icon: IconCirclePlus, tone: 'ok' }],
  [/\.(restored|enabled|undone)$/, { icon: IconRestore, tone: 'ok' }],
  [/\.(deleted|binned|erased|removed|revoked|disabled|cleared)$/, { icon: IconTrash, tone: 'bad' }],
]

export function lookOf({ kind, route, outcome }: AuditEntry): Look {
  if (outcome === 401 || outcome === 403) return { icon: IconLock, tone: 'bad' }
  if (outcome >= 400) return { icon: IconAlertTriangle, tone: 'warn' }
  if (/\/(presence|seen)$/.test(route)) return { icon: IconEye, tone: 'mute' }
  return KINDS.find(([fits]) => kind && fits.test(kind))?.[1] ?? { icon: IconPencil, tone: 'mute' }
}

const REFUSALS: Record<number, string> = {
  401: t('Not let in'), 403: t('Not allowed'), 404: t('Not there, or out of sight'), 409: t('Not possible now'), 410: t('In the bin or gone'), 412: t('Changed meanwhile'), 422: t('Not valid'),
}

/** What became of it, where that is not what one expects. */
export function outcomeWords(entry: AuditEntry): string | undefined {
  if (entry.outcome >= 400) return REFUSALS[entry.outcome] ?? t('Refused')
  return entry.kind || routeOf(entry) in PASSING ? undefined : t('Nothing changed')
}
