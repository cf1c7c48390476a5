/**
 * The routes the workspace calls, in the shape openapi-typescript generates.
 * Once api/openapi.json is generated from the server, schema.d.ts takes this file's place.
 */
import type {
  Business, Customer, CustomerInput, CustomerRow, CustomerSummary, Device, Field, Folder, Import, ImportRow,
  ImportTarget, Key, List, Note, NoteInput, Presence, Problem, Relation, Role, Session, Status, StoredFile, Tag,
  TimelinePage, User,
} from './types'

type Json<T> = { content: { 'application/json': T } }
type Empty = { content?: never }
type Failure = { content: { 'application/problem+json': Problem } }
type Query = Record<string, string | number | boolean | string[] | undefined>
type Params<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & Params<Rest>
  : unknown
type Parameters<Path extends string> = Path extends `${string}{${string}`
  ? { query?: Query; path: Params<Path>; header?: Record<string, string | undefined> }
  : { query?: Query; path?: never; header?: Record<string, string | undefined> }

type Get<P extends string, T> = { parameters: Parameters<P>; responses: { 200: Json<T>; default: Failure } }
type Send<P extends string, Body, T> = {
  parameters: Parameters<P>
  requestBody: Json<Body>
  responses: { 200: Json<T>; default: Failure }
}
type Act<P extends string, T> = { parameters: Parameters<P>; responses: { 200: Json<T>; default: Failure } }
type Remove<P extends string> = { parameters: Parameters<P>; responses: { 204: Empty; default: Failure } }

type Collection<P extends string, T, Body = Partial<T>> = { get: Get<P, List<T>>; post: Send<P, Body, T> }
type One<P extends string, T, Body = Partial<T>> = { get: Get<P, T>; patch: Send<P, Body, T>; delete: Remove<P> }

type Records = {
  [P in '/customers']: { get: Get<P, List<Customer> | List<CustomerRow>>; post: Send<P, CustomerInput, Customer> }
} & { [P in '/customers/{id}']: One<P, Customer, CustomerInput> }
  & { [P in '/notes']: Collection<P, Note, NoteInput> } & { [P in '/notes/{id}']: One<P, Note, NoteInput> }
  & { [P in '/relations']: Collection<P, Relation> } & { [P in '/relations/{id}']: One<P, Relation> }
  & { [P in '/folders']: Collection<P, Folder> } & { [P in '/folders/{id}']: One<P, Folder> }
  & { [P in '/statuses']: Collection<P, Status> } & { [P in '/statuses/{id}']: One<P, Status> }
  & { [P in '/tags']: Collection<P, Tag> } & { [P in '/tags/{id}']: One<P, Tag> }
  & { [P in '/fields']: Collection<P, Field> } & { [P in '/fields/{id}']: One<P, Field> }
  & { [P in '/users']: Collection<P, User> } & { [P in '/users/{id}']: One<P, User> }
  & { [P in '/keys']: Collection<P, Key> } & { [P in '/keys/{id}']: One<P, Key> }
  & { [P in '/roles']: { get: Get<P, List<Role>> } }
  & { [P in '/imports']: { get: Get<P, List<Import>> } } & { [P in '/imports/{id}']: One<P, Import> }

type Happenings = {
  [P in '/customers/lookalikes']: { get: Get<P, { data: CustomerRow[] }> }
} & { [P in '/customers/{id}/timeline']: { get: Get<P, TimelinePage> } }
  & { [P in '/customers/{id}/summary']: { get: Get<P, CustomerSummary> } }
  & { [P in '/customers/{id}/seen']: { post: Act<P, undefined> } }
  & { [P in '/customers/{id}/restoration']: { post: Act<P, Customer> } }
  & { [P in '/notes/{id}/restoration']: { post: Act<P, Note> } }
  & { [P in '/customers/{id}/photo']: { delete: Remove<P> } }
  & { [P in '/customers/{id}/presence']: {
      get: Get<P, { data: Presence[] }>
      put: Send<P, { field: string | null }, undefined>
      delete: Remove<P>
    } }
  & { [P in '/imports/{id}/preview' | '/imports/{id}/run' | '/imports/{id}/undo' | '/imports/{id}/stop']: { post: Act<P, Import> } }
  & { [P in '/imports/{id}/rows']: { get: Get<P, List<ImportRow>> } }
  & { [P in '/imports/targets']: { get: Get<P, { data: ImportTarget[] }> } }
  & { [P in '/files/{id}']: { get: Get<P, StoredFile> } }
  & { [P in '/users/{id}/invitation']: { post: Act<P, { url: string; expires_at: string }> } }

interface SetUp {
  token: string
  business_name: string
  currency: string
  country: string
  time_zone: string
  locale: string
  owner_name: string
  owner_email: string
  password: string
}

type SigningIn = {
  [P in '/setup']: { get: Get<P, { needed: boolean }>; post: Send<P, SetUp, Session> }
} & { [P in '/session']: {
      get: Get<P, Session>
      post: Send<P, { email: string; password: string; business?: string }, Session>
      delete: Remove<P>
    } }
  & { [P in '/session/password']: { post: Send<P, { current: string; password: string }, undefined> } }
  & { [P in '/session/invitation']: { post: Send<P, { token: string; password: string }, Session> } }
  & { [P in '/sessions']: { get: Get<P, List<Device>> } }
  & { [P in '/sessions/{id}']: { delete: Remove<P> } }
  & { [P in '/business']: { get: Get<P, Business>; patch: Send<P, Partial<Business>, Business> } }

export type paths = Records & Happenings & SigningIn
