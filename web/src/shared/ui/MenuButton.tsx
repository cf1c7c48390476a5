import { Menu, Popover, type MenuDropdownProps, type MenuProps, type PopoverProps } from '@mantine/core'
import { cloneElement, useRef, useState, type HTMLAttributes, type ReactElement, type ReactNode, type Ref } from 'react'
import { flushSync } from 'react-dom'

type Target = ReactElement<HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> }>

/**
 * Mantine's menus cost more to set up than a whole timeline, and a screen has a dozen that nobody opens. So there is a
 * plain button until it is first pressed; then it gives its place and the focus to one with a menu, which opens.
 */
function useOnDemand() {
  const [asked, setAsked] = useState(false)
  const [opened, setOpened] = useState(false)
  const target = useRef<HTMLElement>(null)
  // The new button is in the page first: what opens then gives the focus back to it.
  const ask = () => {
    flushSync(() => setAsked(true))
    target.current?.focus()
    setOpened(true)
  }
  return { asked, ask, opened, setOpened, target }
}

interface MenuButtonProps extends Omit<MenuProps, 'children' | 'opened' | 'onChange'> {
  button: Target
  dropdown?: MenuDropdownProps
  /** What is in the menu; asked for once it opens. */
  children: () => ReactNode
}

export function MenuButton({ button, dropdown, children, ...menu }: MenuButtonProps) {
  const { asked, ask, opened, setOpened, target } = useOnDemand()
  if (!asked) return cloneElement(button, { 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: ask })
  return (
    <Menu {...menu} opened={opened} onChange={setOpened}>
      <Menu.Target>{cloneElement(button, { ref: target })}</Menu.Target>
      <Menu.Dropdown {...dropdown}>{children()}</Menu.Dropdown>
    </Menu>
  )
}

interface PopoverButtonProps extends Omit<PopoverProps, 'children' | 'opened' | 'onChange'> {
  button: Target
  label: string
  className?: string
  /** What is in it; `close` shuts it and gives the focus back. */
  children: (close: () => void) => ReactNode
}

export function PopoverButton({ button, label, className, children, ...popover }: PopoverButtonProps) {
  const { asked, ask, opened, setOpened, target } = useOnDemand()
  if (!asked) return cloneElement(button, { 'aria-haspopup': 'dialog', 'aria-expanded': false, onClick: ask })
  return (
    <Popover {...popover} opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>{cloneElement(button, { ref: target, onClick: () => setOpened(!opened) })}</Popover.Target>
      <Popover.Dropdown aria-label={label} className={className}>{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  )
}
