import { IconTrash } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import type { Tag } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Button, Empty, IconButton, TextBox } from '@/shared/ui'
import { useTags } from '@/shared/vocabulary'
import { useChange, useCreate, useRemove } from '../api/records'
import { Confirm } from '../shared/Confirm'
import { InlineText } from '../shared/InlineText'
import { at, Page, Refused } from '../shared/Page'
import { ToneMenu } from '../shared/ToneMenu'
import classes from '../shared/settings.module.css'

export function TagsPage() {
  const tags = [...useTags()].sort((a, b) => a.name.localeCompare(b.name))
  const can = useCan()
  const mayEdit = can('tags.edit')
  const change = useChange('/tags')
  const remove = useRemove('/tags')
  const [leaving, setLeaving] = useState<Tag>()
  return (
    <Page title={t('Tags')} lead={t('Short words on customers that lists are filtered by. One customer can have many.')}>
      <section className={classes.card} aria-label={t('Tags')}>
        <ul className={classes.list}>
          {tags.map((tag) => (
            <li key={tag.id} className={classes.row}>
              <ToneMenu label={t('Colour of {name}', { name: tag.name })} value={tag.tone} disabled={!mayEdit} onChange={(tone) => change.mutate({ record: tag, change: { tone } })} />
              <InlineText label={t('Name of the tag')} value={tag.name} disabled={!mayEdit} onSave={(name) => change.mutateAsync({ record: tag, change: { name } })} />
              <span className={`${classes.side} num`}>{t('{n, plural, =0 {nobody} one {# customer} other {# customers}}', { n: tag.customers })}</span>
              {can('tags.delete') && (
                <IconButton small label={t('Delete the tag {name}', { name: tag.name })} tip="top" onClick={() => { remove.reset(); setLeaving(tag) }}>
                  <IconTrash size={16} stroke={1.7} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
        {tags.length === 0 && <Empty title={t('No tags yet')}>{t('Add the first one below, such as VIP.')}</Empty>}
        {can('tags.create') && <NewTag />}
      </section>
      {leaving && (
        <Confirm title={t('Delete the tag {name}?', { name: leaving.name })} action={t('Delete the tag')} record={leaving} remove={remove} onClose={() => setLeaving(undefined)}>
          {leaving.customers > 0
            ? t('{n, plural, one {# customer has it.} other {# customers have it.}}', { n: leaving.customers })
            : t('No customer has it.')}
        </Confirm>
      )}
    </Page>
  )
}

function NewTag() {
  const [name, setName] = useState('')
  const create = useCreate('/tags')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) create.mutate({ name: name.trim(), tone: 'mute' }, { onSuccess: () => setName('') })
  }
  return (
    <>
      <form className={classes.add} onSubmit={submit}>
        <TextBox label={t('New tag')} hideLabel placeholder={t('New tag')} value={name} onChange={(e) => setName(e.target.value)} error={at(create.error, '/name')} />
        <Button type="submit" disabled={!name.trim() || create.isPending}>{t('Add')}</Button>
      </form>
      <Refused error={create.error} fields={['/name']} />
    </>
  )
}
