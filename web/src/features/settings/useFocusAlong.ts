import { useMatches } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

const section = (path: string) => /\/settings\/([^/]+)/.exec(path)?.[1]

/**
 * On a phone the list of pages and a page take turns, and what had the focus goes with the one that is left: a page gets it
 * when it is tapped, and on the way back the line one came from. Where both stand side by side nothing is lost.
 */
export function useFocusAlong(listed: boolean) {
  const content = useRef<HTMLElement>(null)
  const left = useRef<string | undefined>(undefined)
  const here = useMatches({ select: (matches) => section(matches.at(-1)?.pathname ?? '') })
  const before = useRef(listed)
  useEffect(() => {
    const from = left.current
    left.current = here
    if (before.current === listed) return
    before.current = listed
    const had = document.activeElement
    if (had && had !== document.body && had.getClientRects().length > 0) return
    const line = [...(content.current?.querySelectorAll('a') ?? [])].find((a) => section(a.pathname) === from)
    if (listed) line?.focus()
    else content.current?.focus()
  }, [listed, here])
  return content
}
