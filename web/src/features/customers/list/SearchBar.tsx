import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { t } from '@/shared/i18n'
import { Keys } from '@/shared/ui'
import { useSearchOf, useSetSearch } from '../useWorkspace'
import { FilterButton } from './FilterButton'
import { rowId } from './Row'
import classes from './SearchBar.module.css'
import { SortMenu } from './SortMenu'

const TYPING_PAUSE = 120

interface Props {
  activeId: string | undefined
  /** There is a list below to go through. */
  hasRows: boolean
  onStep: (by: 1 | -1) => void
}

/** A combobox that drives the list below it: arrows open the next customer while the caret stays here. */
export function SearchBar({ activeId, hasRows, onStep }: Props) {
  const search = useSearchOf('q')
  const setSearch = useSetSearch()
  const [text, setText] = useState(search.q ?? '')
  const written = useRef(search.q ?? '')
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const wanted = text.trim()
    if (wanted === written.current) return
    const timer = setTimeout(() => {
      written.current = wanted
      setSearch({ q: wanted || undefined }, true)
    }, TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text, setSearch])

  // Back, forward and "clear filters" change the address under the input.
  useEffect(() => {
    if ((search.q ?? '') === written.current) return
    written.current = search.q ?? ''
    setText(search.q ?? '')
  }, [search.q])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      onStep(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && !activeId) onStep(1)
    else if (event.key === 'Enter') document.getElementById('profile')?.focus()
    else if (event.key === 'Escape') {
      if (text) setText('')
      else input.current?.blur()
    }
  }

  return (
    <div className={classes.bar}>
      <div className={classes.search}>
        <IconSearch size={17} stroke={1.8} aria-hidden />
        <input
          ref={input}
          id="customer-search"
          type="search"
          role="combobox"
          aria-label={t('Search customers')}
          aria-expanded={hasRows}
          aria-controls={hasRows ? 'customer-rows' : undefined}
          aria-autocomplete="list"
          aria-activedescendant={activeId && rowId(activeId)}
          placeholder={t('Search customers…')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(e) => setText(e.target.value)}
          onKeyDown={onKeyDown}
        />
        {text ? (
          <button type="button" aria-label={t('Clear the search')} onClick={() => { setText(''); input.current?.focus() }}>
            <IconX size={15} aria-hidden />
          </button>
        ) : (
          <span className={classes.hint} aria-hidden>
            <Keys keys="/" />
          </span>
        )}
      </div>
      <SortMenu />
      <FilterButton />
    </div>
  )
}
