import { IconEye, IconLock, IconPencil, IconSettings, type Icon } from '@tabler/icons-react'
import type { FolderLevel } from '@/shared/api'
import { t } from '@/shared/i18n'

export const LEVELS: { value: FolderLevel; label: string; help: string; icon: Icon }[] = [
  { value: 'none', label: t('Closed'), help: t('The folder and all in it are not there for them, not even their own customers.'), icon: IconLock },
  { value: 'see', label: t('Look'), help: t('They see all in it, and change only those whom they look after.'), icon: IconEye },
  { value: 'work', label: t('Work'), help: t('They see all in it and work with them.'), icon: IconPencil },
  { value: 'manage', label: t('Manage'), help: t('The same, and they may rename the folder and set its statuses and rules.'), icon: IconSettings },
]

export const levelOf = (level: FolderLevel) => LEVELS.find((l) => l.value === level)!
