import { createTheme, localStorageColorSchemeManager } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { createElement } from 'react'

export const theme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Menu: { defaultProps: { position: 'bottom-start', offset: 4, transitionProps: { duration: 90, exitDuration: 0 }, loop: true, withInitialFocusPlaceholder: false } },
    MenuRadioItem: { defaultProps: { closeMenuOnClick: true, checkIcon: createElement(IconCheck, { size: 15, 'aria-hidden': true }) } },
    Popover: { defaultProps: { position: 'bottom-start', offset: 4, transitionProps: { duration: 90, exitDuration: 0 } } },
  },
})

export const colorScheme = localStorageColorSchemeManager({ key: 'patron.theme' })
