import { Menu } from '@mantine/core'
import type { Tone } from '@/shared/api'
import { t } from '@/shared/i18n'
import classes from './settings.module.css'

export const TONES: { value: Tone; label: string }[] = [
  { value: 'mute', label: t('Grey') },
  { value: 'info', label: t('Blue') },
  { value: 'ok', label: t('Green') },
  { value: 'warn', label: t('Amber') },
  { value: 'bad', label: t('Red') },
  { value: 'violet', label: t('Violet') },
]

interface Props {
  label: string
  value: Tone
  disabled?: boolean
  onChange: (tone: Tone) => void
}

export function ToneMenu({ label, value, disabled, onChange }: Props) {
  const name = TONES.find((x) => x.value === value)?.label ?? value
  return (
    <Menu width={150}>
      <Menu.Target>
        <button type="button" className={classes.tone} aria-label={`${label}: ${name}`} disabled={disabled}>
          <i className={classes.swatch} data-tone={value} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {TONES.map((tone) => (
          <Menu.RadioItem key={tone.value} value={tone.value} checked={tone.value === value} onChange={() => onChange(tone.value)}>
            <i className={classes.swatch} data-tone={tone.value} aria-hidden />
            {tone.label}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
