import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Expression } from '@/shared/api'
import { t } from '@/shared/i18n'
import { OpenPopover } from '@/shared/ui/OpenMenu'
import { aboutOf, newPartId, type Chip, type Fixed } from '../model'
import { wayOf } from '../ways'
import { chipWords, expressionText, type Names } from '../words'
import classes from './Builder.module.css'
import { ChipEditor } from './ChipEditor'

interface Props {
  chip: Chip
  names: Names
  unfinished: boolean
  problem?: string
  opened: boolean
  onOpen: (opened: boolean) => void
  onChange: (chip: Chip) => void
  onRemove: () => void
}

/** One condition in words. Enter or a click edits it in place, Delete takes it away. */
export function ChipButton({ chip, names, unfinished, problem, opened, onOpen, onChange, onRemove }: Props) {
  const [before, value, after] = chipWords(chip, names)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    onRemove()
  }
  return (
    <span className={classes.chip} data-unfinished={unfinished || undefined} data-problem={problem ? true : undefined}>
      <OpenPopover
        label={t('Edit the condition')}
        className={classes.dropdown}
        width={310}
        opened={opened}
        onChange={onOpen}
        returnFocus={false}
        target={
          <button type="button" data-chip={chip.id} className={classes.words} data-tip={problem} onClick={() => onOpen(!opened)} onKeyDown={onKeyDown}>
            {problem && <IconAlertTriangle size={14} aria-hidden />}
            <span>
              {before}
              {value && <b>{value}</b>}
              {after}
            </span>
            {problem && <span className="sr">{problem}</span>}
          </button>
        }
      >
        <ChipEditor chip={chip} names={names} problem={problem} onChange={onChange} onDone={() => onOpen(false)} />
      </OpenPopover>
      <button type="button" className={classes.x} aria-label={t('Remove: {condition}', { condition: `${before}${value}${after}` })} onClick={onRemove}>
        <IconX size={13} stroke={2} aria-hidden />
      </button>
    </span>
  )
}

/** The chip that a lone condition would be. */
export function chipOf(expression: Expression): Chip | undefined {
  const not = 'not' in expression
  const leaf = not ? expression.not : expression
  if ('all' in leaf || 'any' in leaf || 'not' in leaf) return undefined
  const found = wayOf(leaf, not)
  return found && { kind: 'chip', id: newPartId(), about: aboutOf(leaf), ...found }
}

/** What lies deeper than the builder goes: shown, kept, and taken away as a whole. */
export function FixedChip({ part, names, problem, onRemove }: { part: Fixed; names: Names; problem?: string; onRemove: () => void }) {
  const text = expressionText(part.expression, names, chipOf)
  return (
    <span className={classes.chip} data-fixed data-problem={problem ? true : undefined}>
      <span className={classes.words} title={problem}>
        <span>{text}</span>
        {problem && <span className="sr">{problem}</span>}
      </span>
      <button type="button" data-chip={part.id} className={classes.x} aria-label={t('Remove: {condition}', { condition: text })} onClick={onRemove}>
        <IconX size={13} stroke={2} aria-hidden />
      </button>
    </span>
  )
}
