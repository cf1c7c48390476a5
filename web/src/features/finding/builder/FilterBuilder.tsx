import { IconX } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import type { Expression } from '@/shared/api'
import { t } from '@/shared/i18n'
import { addPart, changePart, readSentence, writeSentence, type Chip, type Fixed, type Group, type Joint, type Part, type Sentence } from '../model'
import { useNames } from '../names'
import { AddCondition } from './AddCondition'
import classes from './Builder.module.css'
import { ChipButton, FixedChip } from './ChipButton'
import { ForAll } from './forAll'

export interface FilterBuilderProps {
  value: Expression | undefined
  onChange: (expression: Expression | undefined) => void
  /** What the server says of one place of the expression, such as /all/0/field. */
  problem?: { pointer: string; message: string }
  /** The same for whoever asks: “me” has no meaning. */
  forAll?: boolean
  /** Who is meant, in front of the conditions. */
  subject?: string
}

const joints: Record<Joint, string> = { all: t('and'), any: t('or') }

const key = (expression: Expression | undefined) => JSON.stringify(expression) ?? ''

interface Held {
  sentence: Sentence
  told: string
  /** The value as it last came in, and what was told since: only what is neither is read anew. */
  seen: string
  waiting: string[]
}

const read = (value: Expression | undefined): Held => ({ sentence: readSentence(value), told: key(value), seen: key(value), waiting: [] })

function caughtUp(old: Held, value: Expression | undefined): Held {
  const now = key(value)
  const at = old.waiting.indexOf(now)
  return at < 0 ? read(value) : { ...old, seen: now, waiting: old.waiting.slice(at + 1) }
}

/** A filter that reads like a sentence. Conditions that lack a value wait in it and are not told. */
export function FilterBuilder({ value, onChange, problem, forAll = false, subject = t('Customers') }: FilterBuilderProps) {
  const names = useNames()
  const root = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState(() => read(value))
  const [openId, setOpenId] = useState<string>()
  const added = useRef<string>(undefined)
  if (held.seen !== key(value)) setHeld(caughtUp(held, value))

  const { sentence } = held
  const { places } = writeSentence(sentence)
  const change = (next: Sentence) => {
    const { expression } = writeSentence(next)
    const told = key(expression)
    const isNew = told !== held.told
    setHeld({ ...held, sentence: next, told, waiting: isNew ? [...held.waiting, told] : held.waiting })
    if (isNew) onChange(expression)
  }
  const add = (part: Part, group?: string) => {
    change(addPart(sentence, part, group))
    if (part.kind !== 'chip') return
    added.current = group ? undefined : part.id
    setOpenId(part.id)
  }
  // The focus goes where the hand would: to the condition before, or to what adds another.
  const remove = (id: string) => {
    const buttons = [...(root.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])]
    const at = buttons.findIndex((b) => b.dataset.chip === id)
    change(changePart(sentence, id, () => undefined))
    setTimeout(() => (buttons[at - 1] ?? root.current?.querySelector<HTMLElement>('[data-chip]') ?? root.current?.querySelector<HTMLElement>('[data-add] button'))?.focus())
  }
  // From a new condition the focus goes on to the next, from one that was changed back to it.
  const close = (id: string) => {
    setOpenId((open) => (open === id ? undefined : open))
    const next = added.current === id ? '[data-add] button' : `[data-chip="${id}"]`
    added.current = undefined
    setTimeout(() => {
      // Who clicked elsewhere is there already.
      const at = document.activeElement
      if (at === document.body || at?.closest('[role="dialog"]')?.contains(root.current) === false) root.current?.querySelector<HTMLElement>(next)?.focus()
    })
  }
  const update = (id: string, part: Part) => change(changePart(sentence, id, () => part))
  const wrongOf = (id: string) => {
    const place = places.get(id)
    return problem && place !== undefined && (problem.pointer === place || (place !== '' && problem.pointer.startsWith(`${place}/`)) || (place === '' && sentence.bare)) ? problem.message : undefined
  }
  const one = (part: Chip | Fixed) =>
    part.kind === 'fixed' ? (
      <FixedChip part={part} names={names} problem={wrongOf(part.id)} onRemove={() => remove(part.id)} />
    ) : (
      <ChipButton
        chip={part}
        names={names}
        unfinished={!places.has(part.id)}
        problem={wrongOf(part.id)}
        opened={openId === part.id}
        onOpen={(opened) => (opened ? setOpenId(part.id) : close(part.id))}
        onChange={(next) => update(part.id, next)}
        onRemove={() => remove(part.id)}
      />
    )
  return (
    <ForAll value={forAll}>
      <div ref={root} className={classes.sentence} role="group" aria-label={t('Conditions')}>
        <span className={classes.subject}>{subject}</span>
        {sentence.parts.map((part, i) => (
          <span key={part.id} className={classes.part}>
            {i > 0 && <JointButton joint={sentence.joint} onChange={(joint) => change({ ...sentence, joint, bare: false })} />}
            {part.kind === 'group' ? <GroupBox group={part} one={one} onChange={(g) => update(part.id, g)} onAdd={(p) => add(p, part.id)} onRemove={() => remove(part.id)} /> : one(part)}
          </span>
        ))}
        <span data-add><AddCondition groups onAdd={(part) => add(part)} /></span>
      </div>
    </ForAll>
  )
}

function JointButton({ joint, onChange }: { joint: Joint; onChange: (joint: Joint) => void }) {
  const next = joint === 'all' ? 'any' : 'all'
  return (
    <button type="button" className={classes.joint} aria-label={joint === 'all' ? t('and: all must hold. Change to or') : t('or: one is enough. Change to and')} data-tip={t('Change to “{word}”', { word: joints[next] })} onClick={() => onChange(next)}>
      {joints[joint]}
    </button>
  )
}

interface GroupBoxProps {
  group: Group
  one: (part: Chip | Fixed) => ReactNode
  onChange: (group: Group) => void
  onAdd: (part: Part) => void
  onRemove: () => void
}

/** Conditions that belong together: all of them, any, or none. */
function GroupBox({ group, one, onChange, onAdd, onRemove }: GroupBoxProps) {
  const kind = group.not ? (group.joint === 'any' ? 'none' : 'not all') : group.joint
  const set = (value: string) => onChange({ ...group, not: value === 'none' || value === 'not all', joint: value === 'any' || value === 'none' ? 'any' : 'all' })
  return (
    <span className={classes.group} role="group" aria-label={t('A group of conditions')}>
      <select className={classes.groupKind} aria-label={t('How the conditions of the group belong together')} value={kind} onChange={(e) => set(e.target.value)}>
        <option value="any">{t('any of')}</option>
        <option value="all">{t('all of')}</option>
        <option value="none">{t('none of')}</option>
        {kind === 'not all' && <option value="not all">{t('not all of')}</option>}
      </select>
      {group.parts.map((part, i) => (
        <span key={part.id} className={classes.part}>
          {i > 0 && <span className={classes.word}>{joints[group.joint]}</span>}
          {one(part)}
        </span>
      ))}
      <span className={classes.groupEnd}>
        <AddCondition groups={false} compact={group.parts.length > 0} onAdd={onAdd} />
        <button type="button" className={classes.x} aria-label={t('Remove the group')} onClick={onRemove}>
          <IconX size={14} stroke={2} aria-hidden />
        </button>
      </span>
    </span>
  )
}
