import { createTheme, localStorageColorSchemeManager, Menu, Modal, Popover, Tooltip } from '@mantine/core'

export const theme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Menu: Menu.extend({ defaultProps: { position: 'bottom-start', offset: 4, transitionProps: { duration: 90 }, loop: true } }),
    Popover: Popover.extend({ defaultProps: { position: 'bottom-start', offset: 4, transitionProps: { duration: 90 } } }),
    Modal: Modal.extend({ defaultProps: { yOffset: '10dvh', overlayProps: { backgroundOpacity: 0 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { transitionProps: { duration: 90 }, withinPortal: true } }),
  },
})

export const colorScheme = localStorageColorSchemeManager({ key: 'patron.theme' })
