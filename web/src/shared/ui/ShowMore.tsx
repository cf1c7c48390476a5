import { useEffect, useRef } from 'react'
import classes from './ShowMore.module.css'

interface Props {
  loading: boolean
  label: string
  loadingLabel: string
  onSeen: () => void
}

/** Loads the next page when it comes near the screen; also a button, for those who do not scroll. */
export function ShowMore({ loading, label, loadingLabel, onSeen }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const seen = useRef(onSeen)
  useEffect(() => {
    seen.current = onSeen
  })
  useEffect(() => {
    if (loading || !button.current) return
    const watcher = new IntersectionObserver((entries) => entries[0]?.isIntersecting && seen.current(), { rootMargin: '600px' })
    watcher.observe(button.current)
    return () => watcher.disconnect()
  }, [loading])
  return (
    <button ref={button} type="button" className={classes.more} disabled={loading} onClick={onSeen}>
      {loading ? loadingLabel : label}
    </button>
  )
}
