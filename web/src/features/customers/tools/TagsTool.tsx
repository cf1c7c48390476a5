import { IconPlus } from '@tabler/icons-react'
import type { Customer } from '@/shared/api'
import { t } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, PopoverButton, TagChip } from '@/shared/ui'
import { mapById, useTags } from '@/shared/vocabulary'
import { useCustomerEdit } from '../api/edit'
import { TagPicker } from './TagPicker'
import { Tool } from './Tool'
import classes from './ToolsPanel.module.css'

export function TagsTool({ customer }: { customer: Customer }) {
  const tags = mapById(useTags())
  const edit = useCustomerEdit(customer.id)
  const mayEdit = useCan()('customers.edit')
  const set = (tag_ids: string[]) => edit.mutate({ patch: { tag_ids }, base: customer })
  const shown = customer.tag_ids.flatMap((id) => tags.get(id) ?? [])

  const add = mayEdit && (
    <PopoverButton
      label={t('Add a tag')}
      position="bottom-end"
      width={250}
      button={<IconButton id="tool-tag" small label={t('Add a tag')} tip={false}><IconPlus size={17} aria-hidden /></IconButton>}
    >
      {(close) => (
        <TagPicker
          taken={customer.tag_ids}
          onPick={(id) => {
            close()
            set([...customer.tag_ids, id])
          }}
        />
      )}
    </PopoverButton>
  )
  return (
    <Tool title={t('Tags')} action={add}>
      {shown.length === 0 && <p className={classes.none}>{t('No tags')}</p>}
      <div className={classes.tags}>
        {shown.map((tag) => (
          <TagChip key={tag.id} tag={tag} onRemove={mayEdit ? () => set(customer.tag_ids.filter((id) => id !== tag.id)) : undefined} />
        ))}
      </div>
    </Tool>
  )
}
