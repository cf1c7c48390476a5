/** The records of the API, by their names in docs/api.md. */

export type Id = string
export type Tone = 'mute' | 'info' | 'ok' | 'warn' | 'bad' | 'violet'

export interface Stored {
  id: Id
  version: number
  created_at: string
  updated_at: string
  bin_until?: string
}

export interface List<T> {
  data: T[]
  next: string | null
  total: number
  total_is: 'exact' | 'estimate'
}

export interface Money {
  amount: number
  currency: string
}

export interface FieldProblem {
  pointer: string
  code: string
  message: string
}

export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  errors?: FieldProblem[]
  current?: unknown
}

/* Customers */

export type CustomerKind = 'person' | 'company'
export type Channel = 'email' | 'sms' | 'whatsapp' | 'call'

export interface Email {
  address: string
  label: string | null
  primary: boolean
}

export interface Phone {
  number: string
  e164?: string | null
  label: string | null
  primary: boolean
  country?: string | null
}

export type AddressKind = 'billing' | 'shipping' | 'service'

export interface Address {
  kind: AddressKind
  line1: string | null
  line2: string | null
  city: string | null
  region: string | null
  postal_code: string | null
  country: string | null
  access_notes: string | null
  valid_from?: string | null
  valid_to?: string | null
  primary: boolean
}

export interface Worker {
  user_id: Id
  responsible: boolean
}

export type CustomValue = string | number | boolean | string[] | Money | null
export type CustomValues = Record<string, CustomValue>

export interface Customer extends Stored {
  kind: CustomerKind
  display_name: string
  given_name: string | null
  family_name: string | null
  company_name: string | null
  emails: Email[]
  phones: Phone[]
  addresses: Address[]
  folder_id: Id | null
  status_id: Id | null
  tag_ids: Id[]
  workers: Worker[]
  preferred_contact: Channel | null
  do_not_contact: Channel[]
  newsletter: boolean
  language: string | null
  time_zone: string | null
  source: string | null
  customer_since: string | null
  custom: CustomValues
  import_keys: { source: string; key: string }[]
  photo_id?: Id | null
}

export type CustomerInput = Partial<Omit<Customer, keyof Stored | 'import_keys'>>

export interface Activity {
  at: string
  kind: string
  headline: string
}

export interface CustomerRow {
  id: Id
  version: number
  kind: CustomerKind
  display_name: string
  company_name: string | null
  folder_id: Id | null
  status_id: Id | null
  tag_ids: Id[]
  responsible_id: Id | null
  photo_id: Id | null
  city: string | null
  activity: Activity | null
  unread: number
}

export interface CustomerSummary {
  counts: Record<string, number>
  last_contact_at: string | null
  activity: Activity | null
  unread: number
}

export interface Presence {
  user_id: Id
  name: string
  field: string | null
  since: string
}

/* Notes, relations, timeline */

export interface Note extends Stored {
  customer_id: Id
  author_id: Id | null
  body: string
  html: string
  public: boolean
  pinned: boolean
  alert: boolean
  rank: string
  mentions: Id[]
}

export type NoteInput = Partial<Pick<Note, 'customer_id' | 'body' | 'public' | 'pinned' | 'alert'>> & { after?: Id | null }

export type RelationKind = 'employer_of' | 'family' | 'branch_of' | 'parent_of' | 'partner_of' | 'referred' | 'other'

export interface Relation extends Stored {
  from_id: Id
  to_id: Id
  kind: RelationKind
  note: string | null
  other: { id: Id; display_name: string; kind: CustomerKind }
  label: string
}

export interface Change {
  field: string
  label: string
  from: unknown
  to: unknown
  from_text: string | null
  to_text: string | null
}

export type ActorKind = 'user' | 'key' | 'customer' | 'automation' | 'import' | 'system'

export interface TimelineEvent {
  id: Id
  position: number
  happened_at: string
  recorded_at: string
  kind: string
  actor: { kind: ActorKind; id: Id | null; name: string }
  subject: { kind: string; id: Id }
  headline: string
  parts?: { text: string; strong?: boolean }[]
  changes: Change[]
  facts: Record<string, unknown>
}

export interface TimelinePage {
  data: TimelineEvent[]
  next: string | null
  recorded_since: Record<string, string>
  included?: { notes?: Record<Id, Note> }
}

/* The business's own vocabulary */

export interface Folder extends Stored {
  name: string
  parent_id: Id | null
  stage: 'lead' | 'active' | 'closed'
  tone: Tone
  rank: number
  default_status_id: Id | null
  default_tag_ids: Id[]
  customers: number
}

export interface Status extends Stored {
  folder_id: Id
  name: string
  tone: Tone
  rank: number
}

export interface Tag extends Stored {
  name: string
  tone: Tone
  customers: number
}

export type FieldType =
  | 'text' | 'long_text' | 'number' | 'money' | 'date' | 'date_time' | 'checkbox' | 'choice' | 'choices'
  | 'url' | 'email' | 'phone' | 'id_number' | 'file' | 'customer' | 'user'

export interface FieldOption {
  value: string
  label: string
  tone?: Tone
}

export interface Field extends Stored {
  key: string
  label: string
  type: FieldType
  options: FieldOption[]
  required: boolean
  sensitive: boolean
  follow_up: boolean
  folder_ids: Id[]
  rank: number
  help: string | null
}

/* People and the business */

export type Availability = 'available' | 'busy' | 'away'

export interface User extends Stored {
  name: string
  email: string
  role_id: Id
  state: 'active' | 'disabled' | 'invited'
  availability: Availability
  title: string | null
  phone: string | null
}

export interface Role extends Stored {
  name: string
  key: 'owner' | 'manager' | 'staff' | 'read_only'
  permissions: string[]
}

export interface Key extends Stored {
  name: string
  user_id: Id
  scopes: string[]
  last_used_at: string | null
  expires_at: string | null
  hint: string
  key?: string
}

export interface Business extends Stored {
  name: string
  slug: string
  currency: string
  country: string
  time_zone: string
  locale: string
}

export interface Session {
  user: User
  role: Role
  business: Business
  permissions: string[]
  kind: 'user' | 'key'
}

export interface Device {
  id: Id
  created_at: string
  last_seen_at: string
  address: string
  agent: string
  current: boolean
}

/* Imports, files */

export type ImportState = 'uploaded' | 'previewed' | 'running' | 'done' | 'stopped' | 'undone'

export interface ImportColumn {
  name: string
  index: number
  samples: string[]
  suggested: string | null
  confidence: number
}

export interface ImportCounts {
  rows: number
  created: number
  updated: number
  skipped: number
  failed: number
}

export interface Import extends Stored {
  filename: string
  kind: 'customers' | 'staff'
  source: string
  state: ImportState
  job: 'preview' | 'run' | 'undo' | null
  columns: ImportColumn[]
  mapping: Record<string, string>
  match_on: string | null
  policy: 'fill' | 'overwrite' | 'keep'
  folder_id: Id | null
  tag_ids: Id[]
  sample: number | null
  counts: ImportCounts
  progress: { done: number; of: number } | null
  problem: string | null
  kept: { id: Id; name: string; reason: string; fields: string[] }[]
  user_id: Id | null
  finished_at: string | null
  format: { encoding: string; delimiter: string }
}

export interface ImportRow {
  line: number
  outcome: 'created' | 'updated' | 'skipped' | 'failed'
  reason: string
  reasons: { column: string; code: string; message: string }[]
  customer_id: Id | null
  name: string
  values: Record<string, string>
}

export interface ImportTarget {
  field: string
  label: string
  group: string
}

export interface StoredFile {
  id: Id
  name: string
  size: number
  media_type: string
}

/* Live stream */

export interface LiveEvent {
  position?: number
  kind: string
  subject?: { kind: string; id: Id; version: number }
  customer_id?: Id | null
}
