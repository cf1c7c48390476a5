import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, ApiError, askAs, type CustomerInput, type CustomerKind, type CustomerRow } from '@/shared/api'
import { t } from '@/shared/i18n'
import { Button, Dialog, SelectBox, TextBox } from '@/shared/ui'
import { useFieldOptions, ValueBox, valueKind } from '@/shared/values'
import { fieldsIn, folderTree, useFields, useFolders } from '@/shared/vocabulary'
import { useCreateCustomer } from '../api/changes'
import { useWorkspace } from '../useWorkspace'
import { Lookalikes } from './Lookalikes'
import classes from './NewCustomer.module.css'

interface Draft {
  kind: CustomerKind
  given: string
  family: string
  company: string
  email: string
  phone: string
  folder: string
  custom: Record<string, unknown>
}

function toCustomer(d: Draft): CustomerInput {
  const text = (value: string) => value.trim() || null
  return {
    kind: d.kind,
    given_name: d.kind === 'person' ? text(d.given) : null,
    family_name: d.kind === 'person' ? text(d.family) : null,
    company_name: text(d.company),
    emails: d.email.trim() ? [{ address: d.email.trim(), label: 'work', primary: true }] : [],
    phones: d.phone.trim() ? [{ number: d.phone.trim(), label: 'work', primary: true }] : [],
    ...(d.folder ? { folder_id: d.folder } : {}),
    custom: d.custom as CustomerInput['custom'],
  }
}

export function NewCustomer({ onClose }: { onClose: () => void }) {
  const { search, open } = useWorkspace()
  const folders = useFolders()
  const [draft, setDraft] = useState<Draft>({ kind: 'person', given: '', family: '', company: '', email: '', phone: '', folder: search.folder ?? '', custom: {} })
  // What can be typed here of what the folder asks for.
  const needed = fieldsIn(useFields(), draft.folder || null).filter((f) => f.required && valueKind(f.type))
  const optionsOf = useFieldOptions()
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }))
  const [asked] = useDebouncedValue(draft, 250)
  const name = asked.kind === 'person' ? [asked.given, asked.family].map((x) => x.trim()).filter(Boolean).join(' ') : asked.company.trim()
  const hints = { name: name || undefined, email: asked.email.trim() || undefined, phone: asked.phone.trim() || undefined }
  const alike = useQuery({
    queryKey: ['customers', 'lookalikes', hints],
    queryFn: async () => (await askAs<{ data: CustomerRow[] }>(api.GET('/customers/lookalikes', { params: { query: hints } }))).data,
    enabled: Object.values(hints).some(Boolean),
  })
  const create = useCreateCustomer()
  const error = create.error instanceof ApiError ? create.error : undefined
  const told = ['/given_name', '/family_name', '/company_name', '/emails', '/phones', '/folder_id', ...needed.map((f) => `/custom/${f.key}`)]
  const untold = error ? error.besides(told) : create.error ? [create.error.message] : []
  const empty = ![draft.given, draft.family, draft.company, draft.email, draft.phone].some((x) => x.trim())

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const asked = new Set(needed.map((f) => f.key))
    create.mutate(toCustomer({ ...draft, custom: Object.fromEntries(Object.entries(draft.custom).filter(([key, value]) => asked.has(key) && value !== undefined)) }), {
      onSuccess: (customer) => {
        onClose()
        open(customer.id, 'timeline')
      },
    })
  }
  return (
    <Dialog title={t('New customer')} opened onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.kinds} role="group" aria-label={t('Kind')}>
          {(['person', 'company'] as const).map((kind) => (
            <button key={kind} type="button" aria-pressed={draft.kind === kind} onClick={() => set({ kind })}>
              {kind === 'person' ? t('Person') : t('Company')}
            </button>
          ))}
        </div>
        {draft.kind === 'person' && (
          <div className={classes.pair}>
            <TextBox data-autofocus label={t('First name')} value={draft.given} onChange={(e) => set({ given: e.target.value })} error={error?.at('/given_name')} />
            <TextBox label={t('Last name')} value={draft.family} onChange={(e) => set({ family: e.target.value })} error={error?.at('/family_name')} />
          </div>
        )}
        <TextBox label={t('Company')} value={draft.company} onChange={(e) => set({ company: e.target.value })} error={error?.at('/company_name')} />
        <div className={classes.pair}>
          <TextBox label={t('E-mail')} type="email" value={draft.email} onChange={(e) => set({ email: e.target.value })} error={error?.at('/emails')} />
          <TextBox label={t('Phone')} type="tel" value={draft.phone} onChange={(e) => set({ phone: e.target.value })} error={error?.at('/phones')} />
        </div>
        <SelectBox label={t('Folder')} value={draft.folder} onChange={(e) => set({ folder: e.target.value })} error={error?.at('/folder_id')}>
          <option value="">{t('No folder')}</option>
          {folderTree(folders).map(({ folder, depth }) => (
            <option key={folder.id} value={folder.id}>{`${'  '.repeat(depth)}${folder.name}`}</option>
          ))}
        </SelectBox>
        {needed.map((f) => (
          <ValueBox
            key={f.key}
            label={f.label}
            kind={valueKind(f.type)!}
            options={optionsOf(f)}
            help={f.help ?? undefined}
            value={draft.custom[f.key]}
            error={error?.at(`/custom/${f.key}`)}
            onChange={(value) => setDraft((old) => ({ ...old, custom: { ...old.custom, [f.key]: value } }))}
          />
        ))}
        <Lookalikes rows={alike.data ?? []} onOpen={(id) => { onClose(); open(id) }} />
        {untold.map((text) => <p key={text} className={classes.error} role="alert">{text}</p>)}
        <div className={classes.foot}>
          <Button tone="quiet" onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" tone="brand" disabled={empty || create.isPending}>
            {alike.data?.length ? t('Create anyway') : t('Create customer')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
