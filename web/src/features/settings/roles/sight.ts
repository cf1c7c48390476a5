/** Whose customers a role shows, in words. */
import { IconFolder, IconUser, IconUsers, IconWorld, type Icon } from '@tabler/icons-react'
import type { Visibility } from '@/shared/api'
import { t } from '@/shared/i18n'

interface Sight {
  value: Visibility
  label: string
  help: string
  /** For a list of roles. */
  says: string
  icon: Icon
}

export const SIGHTS: Sight[] = [
  { value: 'all', label: t('Everybody’s customers'), says: t('Sees everybody’s customers'), help: t('All customers, whoever looks after them.'), icon: IconWorld },
  { value: 'team', label: t('The team’s customers'), says: t('Sees the team’s customers'), help: t('Those that the person, or somebody in one of their teams, is responsible for or assigned to.'), icon: IconUsers },
  { value: 'own', label: t('Only their own'), says: t('Sees only their own customers'), help: t('Those that the person is responsible for or assigned to.'), icon: IconUser },
  { value: 'none', label: t('Only what folders open'), says: t('Sees only what folders open'), help: t('Nobody, until a folder opens itself to the role, the team or the person.'), icon: IconFolder },
]

export const sightOf = (visibility: Visibility) => SIGHTS.find((s) => s.value === visibility)!
