import { IconActivity, IconNote, IconSitemap, IconUser, type Icon } from '@tabler/icons-react'
import { t } from '@/shared/i18n'
import type { Section } from '../useWorkspace'

export interface SectionInfo {
  id: Section
  label: string
  icon: Icon
  keys: string
  /** The right without which there is nothing to see in it. */
  needs: string
  /** The summary's count that stands beside it. */
  count?: string
}

/** A section of the profile is one line here, one route value and one lazy component in Profile. */
export const SECTIONS: SectionInfo[] = [
  { id: 'timeline', label: t('Timeline'), icon: IconActivity, keys: 'g t', needs: 'customers.view' },
  { id: 'profile', label: t('Profile'), icon: IconUser, keys: 'g p', needs: 'customers.view' },
  { id: 'notes', label: t('Notes'), icon: IconNote, keys: 'g n', needs: 'notes.view', count: 'notes' },
  { id: 'related', label: t('Related'), icon: IconSitemap, keys: 'g r', needs: 'relations.view', count: 'relations' },
]
