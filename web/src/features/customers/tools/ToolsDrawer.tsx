import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n'
import classes from './ToolsPanel.module.css'

export function ToolsDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const side = document.documentElement.dir === 'rtl' ? 'left' : 'right'
  return (
    <Drawer opened onClose={onClose} position={side} size={330} title={t('Tools')} closeButtonProps={{ 'aria-label': t('Close') }} transitionProps={{ duration: 100 }}>
      <div className={classes.inDrawer}>{children}</div>
    </Drawer>
  )
}
