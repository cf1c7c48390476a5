import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

export interface Range {
  start: number
  end: number
}

/** Which rows of one height are in sight, and a few beyond on both sides. */
export function rangeInSight(scrolled: number, height: number, row: number, count: number, beyond: number): Range {
  const first = Math.floor(scrolled / row)
  const last = Math.ceil((scrolled + height) / row)
  return { start: Math.max(0, first - beyond), end: Math.min(count, last + beyond) }
}

/** Where to scroll so that a row is wholly in sight; undefined when it already is. */
export function scrollFor(index: number, scrolled: number, height: number, row: number): number | undefined {
  const top = index * row
  if (top < scrolled) return top
  if (top + row > scrolled + height) return top + row - height
  return undefined
}

interface Sight {
  scrolled: number
  height: number
}

/** Asks what was last seen rather than the element: reading its place would lay the whole page out once more. */
function revealIn(scroller: RefObject<HTMLElement | null>, sight: RefObject<Sight | undefined>, index: number, row: number) {
  const seen = sight.current
  const to = seen && scrollFor(index, seen.scrolled, seen.height, row)
  if (to === undefined || !scroller.current) return
  sight.current = { ...seen!, scrolled: to }
  scroller.current.scrollTo({ top: to })
}

const BEYOND = 8
const ASSUMED_HEIGHT = 900

/** Keeps only the rows in sight in the page. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, row: number) {
  const [range, setRange] = useState<Range>(() => rangeInSight(0, ASSUMED_HEIGHT, row, count, BEYOND))

  const sight = useRef<Sight>(undefined)

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      sight.current = { scrolled: element.scrollTop, height: element.clientHeight }
      const next = rangeInSight(sight.current.scrolled, sight.current.height, row, count, BEYOND)
      setRange((old) => (old.start === next.start && old.end === next.end ? old : next))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      sizes.disconnect()
    }
  }, [scroller, count, row])

  const reveal = useCallback((index: number) => revealIn(scroller, sight, index, row), [scroller, row])
  return { range: { start: range.start, end: Math.min(range.end, count) }, reveal }
}
