import { IconAt, IconLock, IconNote, IconSend, IconWorld } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { t } from '@/shared/i18n'
import { Keys } from '@/shared/ui'
import { useWriteNote } from '../api/changes'
import { setEditingField } from '../profile/presence'
import classes from './Composer.module.css'
import { MentionBox } from './MentionBox'
import { forKeeping, type Mention } from './mentions'

const draftKey = (customerId: string) => `patron.draft.${customerId}`

/** A new note. What is begun stays with the customer until it is saved. */
export function Composer({ customerId }: { customerId: string }) {
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(customerId)) ?? '')
  const [isPublic, setPublic] = useState(false)
  const mentions = useRef<Mention[]>([])
  const write = useWriteNote(customerId)
  const empty = !text.trim()

  const change = (next: string) => {
    setText(next)
    if (next) sessionStorage.setItem(draftKey(customerId), next)
    else sessionStorage.removeItem(draftKey(customerId))
  }
  const save = () => {
    if (empty || write.isPending) return
    const body = forKeeping(text.trim(), mentions.current)
    write.mutate({ body, public: isPublic }, {
      onSuccess: () => {
        change('')
        setPublic(false)
        mentions.current = []
      },
    })
  }
  const startMention = () => {
    const el = box.current
    if (!el) return
    el.focus()
    const gap = text && !/\s$/.test(text) ? ' ' : ''
    document.execCommand('insertText', false, `${gap}@`)
  }
  return (
    <div className={classes.composer} data-public={isPublic || undefined} data-begun={!empty || undefined}>
      <div className={classes.head}>
        <span className={classes.kind}>
          <IconNote size={15} stroke={1.8} aria-hidden />
          {t('Note')}
        </span>
        <button type="button" className={classes.visibility} aria-pressed={isPublic} onClick={() => setPublic(!isPublic)}>
          {isPublic ? <IconWorld size={15} stroke={1.8} aria-hidden /> : <IconLock size={15} stroke={1.8} aria-hidden />}
          {isPublic ? t('Public: the customer can read it') : t('Internal')}
        </button>
      </div>
      <MentionBox
        ref={box}
        id="composer"
        aria-label={t('Write a note')}
        aria-invalid={write.isError || undefined}
        placeholder={t('Write a note… @ mentions a colleague')}
        rows={2}
        value={text}
        onChange={change}
        onMention={(m) => mentions.current.push(m)}
        onFocus={() => setEditingField('note')}
        onBlur={() => setEditingField(null)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            e.preventDefault()
            save()
          } else if (e.key === 'Escape') {
            e.stopPropagation()
            e.preventDefault()
            document.getElementById('profile')?.focus()
          }
        }}
      />
      {write.isError && <p className={classes.error} role="alert">{write.error.message}</p>}
      <div className={classes.foot}>
        <button type="button" aria-label={t('Mention a colleague')} title={t('Mention a colleague')} onClick={startMention}>
          <IconAt size={17} stroke={1.7} aria-hidden />
        </button>
        <span>{t('Markdown works')}</span>
        <Keys keys="mod+Enter" />
        <button type="button" className={classes.send} disabled={empty || write.isPending} onClick={save}>
          <IconSend size={15} stroke={1.9} aria-hidden />
          {t('Save note')}
        </button>
      </div>
    </div>
  )
}
