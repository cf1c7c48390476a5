import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

export interface Range {
  start: number
  end: number
}

/** Which rows of one height are in sight, and a few beyond on both sides; there may be fewer. */
export function rangeInSight(scrolled: number, height: number, row: number, beyond: number): Range {
  const first = Math.floor(scrolled / row)
  const last = Math.ceil((scrolled + height) / row)
  return { start: Math.max(0, first - beyond), end: last + beyond }
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

/** Keeps only the rows in sight in the page. `list` names what is shown: another one begins at its top. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, row: number, list = '') {
  const [range, setRange] = useState<Range>(() => rangeInSight(0, ASSUMED_HEIGHT, row, BEYOND))
  const sight = useRef<Sight>(undefined)
  /** The row to reveal once there is something to see. */
  const wanted = useRef<number>(undefined)

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      sight.current = { scrolled: element.scrollTop, height: element.clientHeight }
      const next = rangeInSight(sight.current.scrolled, sight.current.height, row, BEYOND)
      setRange((old) => (old.start === next.start && old.end === next.end ? old : next))
      if (wanted.current !== undefined) revealIn(scroller, sight, wanted.current, row)
      wanted.current = undefined
    }
    element.addEventListener('scroll', look, { passive: true })
    // Tells of the first size too, once the page is laid out anyway.
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      sizes.disconnect()
    }
  }, [scroller, row])

  const shown = useRef(list)
  useLayoutEffect(() => {
    if (shown.current !== list && sight.current && sight.current.scrolled > 0) {
      sight.current = { ...sight.current, scrolled: 0 }
      scroller.current?.scrollTo({ top: 0 })
    }
    shown.current = list
  }, [list, scroller])

  const reveal = useCallback(
    (index: number) => {
      if (sight.current) revealIn(scroller, sight, index, row)
      else wanted.current = index
    },
    [scroller, row],
  )
  const end = Math.min(range.end, count)
  return { range: { start: Math.min(range.start, end), end }, reveal }
}
