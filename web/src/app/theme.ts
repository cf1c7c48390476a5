import { createTheme, localStorageColorSchemeManager, Menu, Popover } from '@mantine/core'

export const theme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Menu: Menu.extend({ defaultProps: { position: 'bottom-start', offset: 4, transitionProps: { duration: 90 }, loop: true, withInitialFocusPlaceholder: false } }),
    Popover: Popover.extend({ defaultProps: { position: 'bottom-start', offset: 4, transitionProps: { duration: 90 } } }),
  },
})

export const colorScheme = localStorageColorSchemeManager({ key: 'patron.theme' })
