import { useQuery } from '@tanstack/react-query'
import { useCommands, type Command } from '@/shared/commands'
import { t } from '@/shared/i18n'
import { toast } from '@/shared/ui'
import { useDeleteCustomer } from '../api/changes'
import { customerOne } from '../api/queries'
import { useOpen, type Section } from '../useWorkspace'
import { SECTIONS } from './sections'
import { useCanHere } from './useCanHere'

/** What waits for its customer cannot be pressed, by a key no more than by a hand. */
function click(id: string) {
  const button = document.getElementById(id)
  if (!button?.closest('[inert]')) button?.click()
}

/** A menu or composer that stands in another section: go there first. */
function focusSoon(id: string) {
  setTimeout(() => document.getElementById(id)?.focus(), 60)
}

export function useProfileCommands(id: string, openTools: () => void) {
  const { open, close, customerId } = useOpen()
  const can = useCanHere(id)
  const { data: customer } = useQuery(customerOne(id))
  const remove = useDeleteCustomer()
  const group = customer?.display_name ?? t('Customer')
  const go = (section: Section) => open(customerId ?? id, section)

  const sections: Command[] = SECTIONS.filter((s) => can(s.needs)).map((s) => ({
    id: `go.${s.id}`, title: t('Go to {section}', { section: s.label }), group, keys: s.keys, run: () => go(s.id),
  }))
  const reading: Command[] = [
    { id: 'customer.copy', title: t('Copy link'), group, keys: 'shift+l', run: () => copyLink(location.href) },
    { id: 'customer.tools', title: t('Open the tools panel'), group, keys: 't', run: openTools },
    { id: 'customer.close', title: t('Close the customer'), group, keys: 'Escape', hidden: true, run: close },
    { id: 'timeline.search', title: t('Search the timeline'), group, keys: 'shift+s', run: () => { go('timeline'); focusSoon('timeline-search') } },
  ]
  const writing: Command[] = [
    { id: 'note.write', title: t('Write a note'), group, keys: 'c', run: () => { go('timeline'); focusSoon('composer') } },
  ]
  const linking: Command[] = [
    { id: 'customer.relate', title: t('Link a related customer'), group, keys: 'r', run: () => { openTools(); setTimeout(() => click('tool-relate'), 30) } },
  ]
  const editing: Command[] = [
    { id: 'customer.status', title: t('Change the status'), group, keys: 's', run: () => click('status-menu') },
    { id: 'customer.move', title: t('Move to a folder'), group, keys: 'm', run: () => { openTools(); setTimeout(() => click('tool-folder'), 30) } },
    { id: 'customer.tag', title: t('Add a tag'), group, keys: 'l', run: () => { openTools(); setTimeout(() => click('tool-tag'), 30) } },
    { id: 'customer.worker', title: t('Assign a worker'), group, keys: 'a', run: () => { openTools(); setTimeout(() => click('tool-worker'), 30) } },
    { id: 'customer.rename', title: t('Edit the name'), group, keys: 'e', run: () => document.getElementById('customer-name')?.focus() },
  ]
  const removing: Command[] = [
    { id: 'customer.delete', title: t('Move to the bin'), group, keys: 'shift+Delete', run: () => customer && remove.mutate(customer, { onSuccess: close }) },
  ]
  const here = [...(can('notes.create') ? writing : []), ...(can('customers.edit') ? editing : []), ...(can('relations.create') ? linking : []), ...sections, ...reading, ...(can('customers.delete') ? removing : [])]
  useCommands(here.map((c) => ({ ...c, place: 3 })))
}

export function copyLink(url: string) {
  navigator.clipboard.writeText(url).then(() => toast.show(t('Link copied')), toast.failed)
}
