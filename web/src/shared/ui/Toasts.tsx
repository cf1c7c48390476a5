import { IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { errorText } from '../api/errors'
import { t } from '../i18n'
import { store } from '../store'
import classes from './Toasts.module.css'

interface Toast {
  id: number
  text: string
  tone: 'plain' | 'bad'
  action?: { label: string; run: () => void }
}

const toasts = store<readonly Toast[]>([])
let lastId = 0

const dismiss = (id: number) => toasts.set(toasts.get().filter((x) => x.id !== id))

function show(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}) {
  const next = { id: ++lastId, text, tone: 'plain' as const, ...options }
  toasts.set([...toasts.get().filter((x) => x.text !== text), next].slice(-3))
}

/** Says something in passing. What must be answered belongs into a dialog. */
export const toast = {
  show,
  undo: (text: string, run: () => void) => show(text, { action: { label: t('Undo'), run } }),
  failed: (error: unknown) => show(errorText(error), { tone: 'bad' }),
}

function ToastItem({ item }: { item: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(item.id), item.action || item.tone === 'bad' ? 10_000 : 4_000)
    return () => clearTimeout(timer)
  }, [item])
  return (
    <div className={classes.toast} data-tone={item.tone}>
      <span>{item.text}</span>
      {item.action && (
        <button
          type="button"
          className={classes.action}
          onClick={() => {
            dismiss(item.id)
            item.action?.run()
          }}
        >
          {item.action.label}
        </button>
      )}
      <button type="button" className={classes.close} aria-label={t('Dismiss')} onClick={() => dismiss(item.id)}>
        <IconX size={15} aria-hidden />
      </button>
    </div>
  )
}

export function Toasts() {
  const list = toasts.use()
  return (
    <div className={classes.toasts} role="status" aria-live="polite" aria-label={t('Notifications')}>
      {list.map((item) => (
        <ToastItem key={item.id} item={item} />
      ))}
    </div>
  )
}
