import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../i18n'

/** A dialog's head is no landmark of the page: two dialogs may stand above each other. */
const noBanner = { header: { role: 'presentation' } }

export interface DialogProps {
  title: string
  opened: boolean
  onClose: () => void
  size?: number
  children: ReactNode
}

export function DialogModal({ title, opened, onClose, size = 460, children }: DialogProps) {
  return (
    <Modal yOffset="10dvh" opened={opened} onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('Close') }} transitionProps={{ duration: 90 }} attributes={noBanner}>
      {children}
    </Modal>
  )
}
