import { cloneElement, useRef, useState, type HTMLAttributes, type ReactElement, type ReactNode, type Ref } from 'react'
import { flushSync } from 'react-dom'
import type { MenuLook, MenuParts, PopoverLook } from './OpenMenu'

type Target = ReactElement<HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> }>

let loaded: typeof import('./OpenMenu') | undefined
const load = async () => {
  loaded = await import('./OpenMenu')
}

// Menus are not needed for the first screen, yet must open without a wait later.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void load())

/**
 * Mantine's menus cost more to set up than a whole timeline, and a screen has a dozen that nobody opens. So there is a
 * plain button until it is first pressed; then it gives its place and the focus to one with a menu, which opens.
 */
function useOnDemand() {
  const [parts, setParts] = useState<typeof loaded>()
  const [opened, setOpened] = useState(false)
  const target = useRef<HTMLElement>(null)
  // The new button is in the page first: what opens then gives the focus back to it.
  const show = () => {
    flushSync(() => setParts(loaded))
    target.current?.focus()
    setOpened(true)
  }
  const ask = () => (loaded ? show() : void load().then(show))
  return { parts, ask, opened, setOpened, target }
}

interface MenuButtonProps extends MenuLook {
  button: Target
  /** What is in the menu, of the parts it is given; asked for once it opens. */
  children: (Menu: MenuParts) => ReactNode
}

export function MenuButton({ button, children, ...look }: MenuButtonProps) {
  const { parts, ask, opened, setOpened, target } = useOnDemand()
  if (!parts) return cloneElement(button, { 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: ask })
  return <parts.OpenMenu {...look} opened={opened} onChange={setOpened} target={cloneElement(button, { ref: target })}>{children}</parts.OpenMenu>
}

interface PopoverButtonProps extends PopoverLook {
  button: Target
  /** What is in it; `close` shuts it and gives the focus back. */
  children: (close: () => void) => ReactNode
}

export function PopoverButton({ button, children, ...look }: PopoverButtonProps) {
  const { parts, ask, opened, setOpened, target } = useOnDemand()
  if (!parts) return cloneElement(button, { 'aria-haspopup': 'dialog', 'aria-expanded': false, onClick: ask })
  return (
    <parts.OpenPopover {...look} opened={opened} onChange={setOpened} target={cloneElement(button, { ref: target, onClick: () => setOpened(!opened) })}>
      {children(() => setOpened(false))}
    </parts.OpenPopover>
  )
}
