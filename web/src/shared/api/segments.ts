/**
 * Segments: docs/segments.md. The generated schema.d.ts does not know these routes yet, so they stand here in its form;
 * once it has them, this file goes and records.ts names its types.
 */
import type { Expression } from './finding'
import type { List, Tone } from './records'

export interface Segment {
  id: string
  version: number
  name: string
  filter: Expression
  tone: Tone
  /** Of the ones that came with Patron; null for own ones. */
  key: 'vip' | 'at_risk' | 'new' | 'recurring' | 'one_time' | null
  follow_up: string | null
  enabled: boolean
  customers: number
  /** False while it is being worked out whole. */
  settled: boolean
  /** Why nobody fits: its filter names what is gone. */
  problem: string | null
  created_at: string
  updated_at: string
}
export type SegmentDraft = Partial<Pick<Segment, 'name' | 'filter' | 'tone' | 'follow_up' | 'enabled'>>
export interface SegmentPreview {
  count: number
  total: number
  examples: { id: string; display_name: string; reason: string }[]
}
export interface Member {
  customer_id: string
  display_name: string
  since: string
  reason: string
}
export interface Membership {
  id: string
  name: string
  since: string
  reason: string
}

interface Answered<T> {
  headers: Record<string, unknown>
  content: { 'application/json': T }
}
type Params<Query, Path> = { query?: Query; header?: Record<string, string>; path: Path; cookie?: never }
type Free<Query> = { query?: Query; header?: Record<string, string>; path?: never; cookie?: never }
interface One {
  id: string
}
type Asked<Parameters, T> = { parameters: Parameters; requestBody?: never; responses: { 200: Answered<T> } }
type Sent<Body, Parameters, T> = { parameters: Parameters; requestBody?: { content: { 'application/json': Body } }; responses: { 200: Answered<T> } }
type Page = { limit?: string; cursor?: string; sort?: string }

export interface SegmentPaths {
  '/segments': { get: Asked<Free<Page>, List<Segment>>; post: Sent<SegmentDraft, Free<never>, Segment> }
  '/segments/preview': { post: Sent<{ filter: Expression }, Free<never>, SegmentPreview> }
  '/segments/{id}': { get: Asked<Params<never, One>, Segment>; patch: Sent<SegmentDraft, Params<never, One>, Segment>; delete: { parameters: Params<never, One>; requestBody?: never; responses: { 204: { headers: Record<string, unknown>; content?: never } } } }
  '/segments/{id}/members': { get: Asked<Params<Page, One>, List<Member>> }
}
