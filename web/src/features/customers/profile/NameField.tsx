import { useRef, useState } from 'react'
import { ApiError, isStatus, type Customer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { toast } from '@/shared/ui'
import { useCustomerEdit } from '../api/edit'
import classes from './Header.module.css'
import { setEditingField } from './presence'

/** The name as a heading that can be written in: saved on blur, Esc restores. */
export function NameField({ customer }: { customer: Customer }) {
  const [draft, setDraft] = useState<string>()
  const base = useRef(customer)
  const edit = useCustomerEdit(customer.id, { showsErrors: true })
  const mayEdit = useCan()('customers.edit')
  const error = edit.error instanceof ApiError ? (edit.error.at('/display_name') ?? edit.error.message) : edit.error?.message

  const save = () => {
    setEditingField(null)
    const name = draft?.trim()
    if (name === undefined || name === customer.display_name) return setDraft(undefined)
    edit.mutate({ patch: { display_name: name }, base: base.current }, {
      onSuccess: () => setDraft(undefined),
      onError: (refused) => {
        if (!isStatus(refused, 403)) return
        setDraft(undefined)
        edit.reset()
        toast.failed(refused)
      },
    })
  }
  return (
    <>
      <h1 className="sr">{customer.display_name}</h1>
      <input
        id="customer-name"
        className={classes.name}
        dir="auto"
        aria-label={t('Name')}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'customer-name-error' : undefined}
        disabled={!mayEdit}
        value={draft ?? customer.display_name}
        onFocus={() => {
          base.current = customer
          setEditingField('display_name')
        }}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={save}
        onKeyDown={(e) => {
          if (e.key === 'Enter') e.currentTarget.blur()
          if (e.key !== 'Escape') return
          e.stopPropagation()
          e.preventDefault()
          setDraft(undefined)
          edit.reset()
          setTimeout(() => document.getElementById('profile')?.focus())
        }}
      />
      {error && <span id="customer-name-error" role="alert" className={classes.error}>{error}</span>}
    </>
  )
}
