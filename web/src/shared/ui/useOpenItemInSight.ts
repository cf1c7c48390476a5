import { useEffect, type RefObject } from 'react'

/** Where a menu runs sideways on a narrow screen, brings the item that is open into sight. */
export function useOpenItemInSight(menu: RefObject<HTMLElement | null>, open: string) {
  useEffect(() => {
    const at = menu.current
    if (at && at.scrollWidth > at.clientWidth) at.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [menu, open])
}
