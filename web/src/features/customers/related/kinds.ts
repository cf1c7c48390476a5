import type { RelationKind } from '@/shared/api'
import { t } from '@/shared/i18n'

/** A relation as chosen from one customer's side: "Ana is … of the other". */
export interface RelationChoice {
  value: string
  kind: RelationKind
  /** The open customer stands at the 'to' end. */
  reversed: boolean
  label: string
}

const choice = (kind: RelationKind, label: string, reversed = false): RelationChoice => ({ value: reversed ? `${kind}<` : kind, kind, reversed, label })

/** What the other customer is, seen from the open one. */
export const RELATION_CHOICES: RelationChoice[] = [
  choice('employer_of', t('Employer'), true),
  choice('employer_of', t('Employee')),
  choice('family', t('Family')),
  choice('parent_of', t('Parent company'), true),
  choice('parent_of', t('Subsidiary')),
  choice('branch_of', t('Main office')),
  choice('branch_of', t('Branch'), true),
  choice('partner_of', t('Partner')),
  choice('referred', t('Was referred by'), true),
  choice('referred', t('Referred them')),
  choice('other', t('Other')),
]

export function relationBody(value: string, mine: string, other: string) {
  const { kind, reversed } = RELATION_CHOICES.find((c) => c.value === value) ?? RELATION_CHOICES[0]!
  return reversed ? { kind, from_id: other, to_id: mine } : { kind, from_id: mine, to_id: other }
}
