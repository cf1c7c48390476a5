import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCommand, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { readRows } from '@/features/customers'
import { useCommandList } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { Avatar, Keys } from '@/shared/ui'
import classes from './Palette.module.css'
import { rankCommands } from './rank'

const CUSTOMERS = 6

/** Everything that can be done and everyone who can be opened, by typing a few letters. `early`: those typed before it was there. */
export function Palette({ early, onClose }: { early: string; onClose: () => void }) {
  const [text, setText] = useState(early)
  const [taken, setTaken] = useState(early)
  if (early !== taken) {
    setTaken(early)
    setText(early)
  }
  const [at, setAt] = useState(0)
  const [q] = useDebouncedValue(text.trim(), 120)
  const navigate = useNavigate()
  const commands = rankCommands(useCommandList(), text)
  const found = useQuery({ queryKey: ['customers', 'palette', q], queryFn: () => readRows({ q, limit: String(CUSTOMERS) }), enabled: q.length > 1, placeholderData: keepPreviousData })
  const rows = q.length > 1 ? (found.data?.data ?? []) : []
  const size = rows.length + commands.length
  const chosen = Math.min(at, size - 1)

  const run = (index: number) => {
    const row = rows[index]
    const command = commands[index - rows.length]
    onClose()
    // The dialog gives the focus back first, then the command may take it.
    setTimeout(() => {
      if (row) void navigate({ to: '/customers/$customerId/$section', params: { customerId: row.id, section: 'timeline' } })
      else command?.run()
    }, 120)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && size > 0) setAt((chosen + step + size) % size)
    else if (event.key === 'Enter' && size > 0) run(chosen)
    else return
    event.preventDefault()
  }
  // In braces: newer browsers answer with a promise, which is no way to clean up.
  useEffect(() => {
    document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  return (
    <Modal.Root yOffset="10dvh" opened onClose={onClose} size={600} padding={0} transitionProps={{ duration: 80 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('Command palette')}>
        <div className={classes.search}>
          <IconSearch size={18} stroke={1.8} aria-hidden />
          <input data-autofocus role="combobox" aria-label={t('Search customers and actions')} aria-expanded={size > 0} aria-controls="palette-list" aria-activedescendant={size > 0 ? `palette-${chosen}` : undefined} placeholder={t('Search customers and actions…')} value={text} onChange={(e) => { setText(e.target.value); setAt(0) }} onKeyDown={onKeyDown} />
          <Keys keys="Escape" />
        </div>
        <div id="palette-list" role="listbox" aria-label={t('Results')} className={classes.list}>
          {rows.length > 0 && <p className={classes.group} role="presentation">{t('Customers')}</p>}
          {rows.map((row, i) => (
            <div key={row.id} id={`palette-${i}`} role="option" tabIndex={-1} aria-selected={i === chosen} className={classes.option} onMouseMove={() => setAt(i)} onMouseDown={(e) => { e.preventDefault(); run(i) }}>
              <Avatar name={row.display_name} size={26} square={row.kind === 'company'} photoId={row.photo_id} />
              <b>{row.display_name}</b>
              <span>{[row.company_name, row.city].filter(Boolean).join(' · ')}</span>
            </div>
          ))}
          {commands.map((command, k) => {
            const i = rows.length + k
            const opensGroup = command.group !== commands[k - 1]?.group
            return (
              <div key={command.id} role="presentation">
                {opensGroup && <p className={classes.group}>{command.group}</p>}
                <div id={`palette-${i}`} role="option" tabIndex={-1} aria-selected={i === chosen} className={classes.option} onMouseMove={() => setAt(i)} onMouseDown={(e) => { e.preventDefault(); run(i) }}>
                  <IconCommand size={17} stroke={1.6} aria-hidden />
                  <b>{command.title}</b>
                  {command.keys && <Keys keys={command.keys} />}
                </div>
              </div>
            )
          })}
          {size === 0 && <p className={classes.none}>{t('Nothing found')}</p>}
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}
