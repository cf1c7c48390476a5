import { useEffect, useRef, useState } from 'react'
import classes from './Tips.module.css'

interface Tip {
  text: string
  x: number
  y: number
  side: 'top' | 'bottom' | 'right'
}

const DELAY = 400
const GAP = 6

function tipFor(element: HTMLElement): Tip {
  const box = element.getBoundingClientRect()
  const side = (element.dataset.tipSide as Tip['side'] | undefined) ?? 'bottom'
  const text = element.dataset.tip ?? ''
  if (side === 'right') {
    const rtl = document.documentElement.dir === 'rtl'
    return { text, side, x: rtl ? box.left - GAP : box.right + GAP, y: box.top + box.height / 2 }
  }
  return { text, side, x: box.left + box.width / 2, y: side === 'top' ? box.top - GAP : box.bottom + GAP }
}

/** One tooltip for the whole page: whatever carries data-tip gets it on hover and on keyboard focus. Names come from aria-label. */
export function Tips() {
  const [tip, setTip] = useState<Tip>()
  const bubble = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const hide = () => {
      clearTimeout(timer)
      setTip(undefined)
    }
    const offer = (event: Event) => {
      const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null
      hide()
      if (!element || (event.type === 'focusin' && !element.matches(':focus-visible'))) return
      timer = setTimeout(() => element.isConnected && setTip(tipFor(element)), DELAY)
    }
    const offers = ['pointerover', 'focusin']
    const ends = ['pointerdown', 'keydown', 'focusout', 'scroll']
    offers.forEach((type) => document.addEventListener(type, offer))
    ends.forEach((type) => document.addEventListener(type, hide, true))
    return () => {
      hide()
      offers.forEach((type) => document.removeEventListener(type, offer))
      ends.forEach((type) => document.removeEventListener(type, hide, true))
    }
  }, [])

  useEffect(() => {
    const box = bubble.current?.getBoundingClientRect()
    if (!tip || !box) return
    const over = box.right - (innerWidth - GAP)
    const under = GAP - box.left
    const x = over > 0 ? tip.x - over : under > 0 ? tip.x + under : tip.x
    if (x !== tip.x) setTip({ ...tip, x })
  }, [tip])

  if (!tip) return null
  return (
    <div ref={bubble} className={classes.tip} data-side={tip.side} style={{ left: tip.x, top: tip.y }} aria-hidden>
      {tip.text}
    </div>
  )
}
