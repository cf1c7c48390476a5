import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../i18n'

interface Props {
  title: string
  opened: boolean
  onClose: () => void
  size?: number
  children: ReactNode
}

export function Dialog({ title, opened, onClose, size = 460, children }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('Close') }} transitionProps={{ duration: 90 }}>
      {children}
    </Modal>
  )
}
