/** Rights in words. The server says which there are; what is not known here yet shows under its own name. */
import { t } from '@/shared/i18n'

interface AreaWords {
  name: string
  label: string
  help: string
}

interface Group {
  label: string
  areas: AreaWords[]
}

const GROUPS: Group[] = [
  {
    label: t('Working with customers'),
    areas: [
      { name: 'customers', label: t('Customers'), help: t('Names, contact, folder, status, tags, workers') },
      { name: 'notes', label: t('Notes'), help: t('What is written down about a customer') },
      { name: 'relations', label: t('Related customers'), help: t('Who belongs to whom') },
      { name: 'files', label: t('Files'), help: t('Photos and documents') },
      { name: 'tags', label: t('Tags'), help: t('The list of tags, not who has them') },
      { name: 'views', label: t('Saved views'), help: t('Filters kept under a name') },
      { name: 'jobs', label: t('Work in the background'), help: t('Changes of many customers at once: watch, stop, undo') },
      { name: 'imports', label: t('Imports'), help: t('Lists that are brought in') },
      { name: 'exports', label: t('Exports'), help: t('Lists that are taken out') },
    ],
  },
  {
    label: t('Setting the business up'),
    areas: [
      { name: 'folders', label: t('Folders and statuses'), help: t('The folders themselves, and who may do what in them') },
      { name: 'fields', label: t('Custom fields'), help: t('Which fields there are, not what stands in them') },
      { name: 'users', label: t('Staff'), help: t('Colleagues, their invitations and roles') },
      { name: 'roles', label: t('Roles and teams'), help: t('These pages') },
      { name: 'keys', label: t('API keys'), help: t('Programs that work in a person’s place') },
      { name: 'business', label: t('Business'), help: t('Name, currency, time zone') },
      { name: 'audit', label: t('Audit log'), help: t('Who did what, for the whole business') },
    ],
  },
]

const ACTS: Record<string, { label: string; help: string }> = {
  view: { label: t('View'), help: t('See what is there') },
  create: { label: t('Create'), help: t('Make new ones') },
  edit: { label: t('Edit'), help: t('Change what is there') },
  delete: { label: t('Delete'), help: t('Remove them') },
  export: { label: t('Export'), help: t('Take whole lists out as a file') },
  sensitive: { label: t('Sensitive'), help: t('Read and write the fields that are marked sensitive') },
}

const plain = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
const known = new Map(GROUPS.flatMap((g) => g.areas.map((a) => [a.name, a])))

export const areaLabel = (name: string) => known.get(name)?.label ?? plain(name)
export const areaHelp = (name: string) => known.get(name)?.help
export const actLabel = (name: string) => ACTS[name]?.label ?? plain(name)
export const actHelp = (name: string) => ACTS[name]?.help

/** The areas among these, in groups and in the order in which people think of them; strangers stand last. */
export function inGroups<T extends { name: string }>(areas: T[]): { label: string; areas: T[] }[] {
  const byName = new Map(areas.map((a) => [a.name, a]))
  const groups = GROUPS.map((g) => ({ label: g.label, areas: g.areas.flatMap((a) => byName.get(a.name) ?? []) }))
  const others = areas.filter((a) => !known.has(a.name))
  return [...groups, { label: t('More'), areas: others }].filter((g) => g.areas.length > 0)
}
