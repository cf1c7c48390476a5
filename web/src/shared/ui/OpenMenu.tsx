/** A menu and a popover that lie open, and what they are built of: loaded after the first screen. */
import { Menu, Popover, type MenuDropdownProps, type MenuProps, type PopoverProps } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

interface Opened {
  target: ReactElement
  opened: boolean
  onChange: (opened: boolean) => void
}

export type MenuParts = typeof Menu
export type MenuLook = Omit<MenuProps, 'children' | 'opened' | 'onChange'> & { dropdown?: MenuDropdownProps }

export function OpenMenu({ target, dropdown, children, ...menu }: Opened & MenuLook & { children: (parts: MenuParts) => ReactNode }) {
  return (
    <Menu {...menu}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown {...dropdown}>{children(Menu)}</Menu.Dropdown>
    </Menu>
  )
}

/** Mantine names a popover after what opened it, unless that is taken away by null: undefined it overlooks. */
const named = (label: string) => ({ 'aria-label': label, 'aria-labelledby': null as unknown as undefined })

export type PopoverLook = Omit<PopoverProps, 'children' | 'opened' | 'onChange'> & { label: string; className?: string }

export function OpenPopover({ target, label, className, children, ...popover }: Opened & PopoverLook & { children: ReactNode }) {
  return (
    <Popover trapFocus returnFocus {...popover}>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown {...named(label)} className={className}>{children}</Popover.Dropdown>
    </Popover>
  )
}
