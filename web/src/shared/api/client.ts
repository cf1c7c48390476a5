import createClient, { type Middleware } from 'openapi-fetch'
import type { components } from '@/schema'
import type { BulkOrder } from './finding'
import type { CustomerInput, Problem, V1 } from './records'
import { viewedAs } from './viewAs'

/** What the server refused, as its problem document says it. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }

  get status() {
    return this.problem.status
  }

  /** The message for one spot of the body, e.g. '/emails/0/address'; a parent's pointer holds for what is below it. */
  at(pointer: string): string | undefined {
    return this.problem.errors?.find((e) => e.pointer === pointer || e.pointer.startsWith(`${pointer}/`))?.message
  }

  /** What is said of none of these spots; of the whole, when nothing is said of any. */
  besides(pointers: string[]): string[] {
    const errors = this.problem.errors ?? []
    if (errors.length === 0) return [this.message]
    return errors.filter((e) => !pointers.some((p) => e.pointer === p || e.pointer.startsWith(`${p}/`))).map((e) => e.message)
  }
}

export function isStatus(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.status === status
}

type Listener = () => void
let signedOut: Listener = () => {}

/** Called when an answer says that nobody is signed in any more. */
export function onSignedOut(listener: Listener) {
  signedOut = listener
}

export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

const idempotent: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', randomKey())
    return request
  },
}

const viewing: Middleware = {
  onRequest({ request }) {
    const whom = viewedAs()
    if (whom) request.headers.set('Patron-View-As', whom.id)
    return request
  },
}

type Prover = () => Promise<boolean>
let prove: Prover = async () => false

/** Called when an act asks to show first that it is really the one who is signed in; answers whether that was shown. */
export function onProofNeeded(prover: Prover) {
  prove = prover
}

const needsProof = async (response: Response) =>
  response.status === 403 && ((await response.clone().json().catch(() => ({}))) as Partial<Problem>).code === 'step_up_needed'

/** What is refused for want of a proof is sent once more when it was given. */
const proven: Middleware = (() => {
  const sent = new Map<string, Request>()
  return {
    onRequest({ request, id }) {
      if (request.method !== 'GET') sent.set(id, request.clone())
    },
    async onResponse({ response, id }) {
      const again = sent.get(id)
      sent.delete(id)
      if (again && (await needsProof(response)) && (await prove())) return fetch(again)
    },
    onError({ id }) {
      sent.delete(id)
    },
  }
})()

const AGAIN_MS = 200

/** A proof gives the session another cookie: what was on its way with the one of before, here or in another tab, is sent once
    more. Nothing of it was done, for nobody was known to have asked. */
const renewed: Middleware = (() => {
  let inside = false
  const sent = new Map<string, Request>()
  return {
    onRequest({ request, id }) {
      sent.set(id, request.clone())
    },
    async onResponse({ response, id }) {
      const again = sent.get(id)
      sent.delete(id)
      if (response.ok) inside = true
      if (!inside || !again || response.status !== 401) return undefined
      const { code } = (await response.clone().json().catch(() => ({}))) as Partial<Problem>
      if (code !== 'not_signed_in') return undefined
      await new Promise((later) => setTimeout(later, AGAIN_MS))
      return fetch(again)
    },
    onError({ id }) {
      sent.delete(id)
    },
  }
})()

export const API_BASE = '/api/v1'
const baseUrl = typeof location === 'undefined' || location.origin === 'null' ? API_BASE : `${location.origin}${API_BASE}`

export const api = createClient<V1>({ baseUrl })
api.use(idempotent, viewing, proven, renewed)

function problemOf(error: unknown, response: Response): Problem {
  if (error && typeof error === 'object' && 'title' in error) {
    return { status: response.status, code: 'unknown', type: '', ...error } as Problem
  }
  return { type: '', title: `The server answered ${response.status}`, status: response.status, code: 'unknown', detail: '' }
}

/** An answer whose description is looser than what the server sends; why stands at the type in records.ts. */
export async function askAs<T>(call: Promise<{ data?: unknown; error?: unknown; response: Response }>): Promise<T> {
  return (await ask(call)) as T
}

/** For what the browser fetches by itself, such as a large file: asks for a proof now when the last one is old. */
export async function proveFirst(): Promise<boolean> {
  const { proven_until } = await ask(api.GET('/session'), true)
  return proven_until !== null && Date.parse(proven_until ?? '') > Date.now() + 5_000 ? true : prove()
}

/** The answer's data, or an ApiError. `quiet`: a 401 is an answer like any other here, nobody is sent to the sign-in. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>, quiet = false): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) return data as T
  if (response.status === 401 && !quiet) signedOut()
  throw new ApiError(problemOf(error, response))
}

/** Sends a file as the body, where the API takes raw bytes. */
export async function sendFile<T>(method: 'POST' | 'PUT', path: string, file: Blob): Promise<T> {
  const response = await fetch(`${API_BASE}${path}`, {
    method,
    body: file,
    headers: { 'Content-Type': file.type || 'application/octet-stream' },
  })
  const text = await response.text()
  const body: unknown = text ? JSON.parse(text) : undefined
  if (response.ok) return body as T
  if (response.status === 401) signedOut()
  throw new ApiError(problemOf(body, response))
}

/** The body of a new or changed customer, for the same reason. */
export const customerBody = (input: CustomerInput) => input as components['schemas']['CustomerDraft']

/** One action is sent, though the description names all of them. */
export const bulkBody = (order: BulkOrder) => order as unknown as components['schemas']['BulkOrderDraft']

export function ifMatch(version: number | undefined): Record<string, string> {
  return version === undefined ? {} : { 'If-Match': `"${version}"` }
}

export function fileUrl(id: string): string {
  return `${API_BASE}/files/${id}/content`
}
