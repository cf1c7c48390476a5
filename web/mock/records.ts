/** The API's records as the server sees them: what a client may only read is written here. */
import type * as api from '../src/shared/api/records.ts'

type Own<T> = { -readonly [Member in keyof T]: T[Member] }

export type Customer = Own<api.Customer>
export type Note = Own<api.Note>
export type Import = Own<api.Import>
export type Stored = Own<api.Stored>
export type Job = Own<api.Job>
export type View = Own<api.View>
export type Segment = Own<api.Segment>
export type { BulkAction, BulkFilter, Comparison, Expression, Happened, Operand } from '../src/shared/api/finding.ts'
export type { AuditEntry, Business, Change, CustomerRow, CustomerViewer, Device, Field, Folder, ImportRow, Key, LiveEvent, Presence, Relation, Role, Status, Tag, Team, TimelineEvent, Tone, User, BulkPreview, FilterField, JobRow, Outcome, Tally } from '../src/shared/api/records.ts'
