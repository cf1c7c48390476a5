/**
 * The API's records by the names the workspace uses. All of them come from the generated schema.d.ts, so that a change
 * of the server's API is a compile error here. Where the description says less than the server keeps, the narrower
 * type stands beside it with its reason.
 */
import type { components, paths } from '@/schema'
import type { BulkAction, BulkFilter, Expression } from './finding'

export type * from './finding'

type Schemas = components['schemas']

/** The routes without the version in front, which the client's base address carries. */
export type V1 = { [Path in keyof paths as Path extends `/api/v1${infer Rest}` ? Rest : never]: paths[Path] }

export type Tone = Schemas['Tag']['tone']

type Answer<Path extends keyof V1> = V1[Path] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } } ? T : never
export type List<T> = Omit<Answer<'/tags'>, 'data'> & { data: T[] }
export type Stored = Pick<Schemas['Note'], 'id' | 'version' | 'created_at' | 'updated_at' | 'bin_until'>

export interface Money {
  amount: number
  currency: string
}

/** What stands in the refusal second_factor_needed, which is described no further than a problem. */
export interface SecondFactorAsked {
  token: string
  kinds: ('code' | 'passkey' | 'recovery_code')[]
  passkey?: Schemas['PasskeyQuestion']
  expires_at: string
}

/** A refusal; some carry the record as it is now, or until when it is kept. */
export type Problem = Schemas['Problem'] & { current?: unknown; bin_until?: string; second_factor?: SecondFactorAsked }

/* Customers */

/** Described as any object; what stands in it follows from the business's own fields. */
export type CustomValue = string | number | boolean | string[] | Money | null
export type CustomValues = Record<string, CustomValue>

/** The server always makes a display name. */
export type Customer = Omit<Schemas['Customer'], 'custom' | 'display_name'> & { display_name: string; custom: CustomValues }
export type CustomerRow = Schemas['CustomerRow']
/** Where a search found a customer, when it is not the name. */
export type RowMatch = Schemas['CustomerMatch']
export type CustomerSummary = Omit<Schemas['CustomerSummary'], 'counts' | 'segments'> & { counts: Record<string, number>; segments: Membership[] }
/** What an edit may say: one member or several; only what has no value of its own may be null. */
export type CustomerInput = Partial<Omit<Pick<Customer, keyof Schemas['CustomerDraft'] & keyof Customer>, 'phones'>> & { phones?: PhoneInput[] }
export type CustomerKind = Customer['kind']
export type Channel = Customer['do_not_contact'][number]
export type Email = Schemas['EmailAddress']
export type Phone = Schemas['PhoneNumber']
/** Described as if a draft had to have what the server works out of the number. */
export type PhoneInput = Omit<Phone, 'e164' | 'country'> & Partial<Phone>
export type Address = Schemas['Address']
export type AddressKind = Address['kind']
export type Worker = Schemas['Worker']
/** The answers of GET /customers/{id}/presence and /customers/lookalikes are not described. */
export interface Presence {
  user_id: string
  name: string
  field: string | null
  since: string
}
/** One of the staff before a customer; the answer of GET /customers/{id}/viewers. */
export interface CustomerViewer {
  user_id: string
  name: string
  sees: boolean
  works: boolean
  reason: string
}

/* Notes, relations, timeline */

export type Note = Schemas['Note']
export type NoteInput = Schemas['NoteDraft']
export type Relation = Schemas['Relation']
export type RelationKind = Relation['kind']
export type Change = Schemas['StoryChange']
export type TimelineEvent = Schemas['TimelineEvent']
/** `included` is described as an object without members. */
export type TimelinePage = Omit<Answer<'/customers/{id}/timeline'>, 'included'> & { included?: { notes?: Record<string, Note> } }

/* The business's own vocabulary */

export type Folder = Schemas['Folder']
/** A rule of a folder: what a role, a team or a person may do in it. */
export type FolderAccess = Schemas['FolderAccess']
export type FolderLevel = FolderAccess['level']
export type Status = Schemas['Status']
export type Tag = Schemas['Tag']
export type Field = Schemas['Field']
export type FieldType = Field['type']
export type FieldOption = Schemas['FieldOption']

/* People and the business */

export type User = Schemas['User']
export type Availability = User['availability']
export type Role = Schemas['Role']
/** Whose customers a role shows. */
export type Visibility = Role['visibility']
export type Team = Schemas['Team']
export type Key = Schemas['Key']
export type Business = Schemas['BusinessSettings']
export type Session = Schemas['SessionView']
export type Device = Schemas['Session']
/** Who did what, was refused, or looked. */
export type AuditEntry = Schemas['AuditEntry']

/* Filters, views, work on many customers: a filter is described as any object. */

export type FilterField = Schemas['FilterableField']
export type Tally = Schemas['CustomerTally']
export type TallyLine = Schemas['TallyLine']
export type View = Omit<Schemas['View'], 'filter'> & { filter: Expression }
export type ViewDraft = Omit<Schemas['ViewDraft'], 'filter'> & { filter?: Expression }
export type BulkPreview = Schemas['BulkPreview']
export type Job = Omit<Schemas['Job'], 'asked'> & { asked: { action?: BulkAction; filter?: BulkFilter } }
export type JobRow = Schemas['JobRow']
export type Outcome = JobRow['outcome']

/* Segments */

export type Segment = Omit<Schemas['Segment'], 'filter'> & { filter: Expression }
export type SegmentDraft = Omit<Schemas['SegmentDraft'], 'filter'> & { filter?: Expression }
export type SegmentPreview = Schemas['SegmentPreview']
export type Member = Schemas['SegmentMember']
export type Membership = Schemas['SetMembership']

/* Imports, files */

export type Import = Omit<Schemas['Import'], 'mapping'> & { mapping: Record<string, string> }
export type ImportColumn = Schemas['ImportColumn']
export type ImportRow = Omit<Schemas['ImportRow'], 'values'> & { values: Record<string, string> }
export type ImportTarget = Schemas['Choice']
export type StoredFile = Schemas['File']

/* Live stream: server-sent events have no place in the description. */

export interface LiveEvent {
  position?: number
  kind: string
  subject?: { kind: string; id: string; version: number }
  customer_id?: string | null
}
