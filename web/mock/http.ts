import type { IncomingMessage, ServerResponse } from 'node:http'

export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly more: object

  constructor(status: number, code: string, detail: string, more: object = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.more = more
  }
}

export const invalid = (pointer: string, code: string, message: string) =>
  new Refusal(422, 'invalid', message, { errors: [{ pointer, code, message }] })

export type Answer = [status: number, body?: unknown]

export interface Call {
  method: string
  path: string[]
  query: URLSearchParams
  body: Record<string, unknown>
  version: number | undefined
}

export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://mock')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const json = request.headers['content-type']?.includes('json') && text
  const match = /"?(\d+)"?/.exec(String(request.headers['if-match'] ?? ''))?.[1]
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/api\/v1\/?/, '').split('/').map(decodeURIComponent),
    query: url.searchParams,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : { text },
    version: match ? Number(match) : undefined,
  }
}

export function answer(response: ServerResponse, status: number, body?: unknown) {
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  response.writeHead(status, body === undefined ? {} : { 'Content-Type': type, 'Cache-Control': 'no-store' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

export function refuse(response: ServerResponse, error: unknown) {
  if (!(error instanceof Refusal)) throw error
  answer(response, error.status, { type: `/problems/${error.code}`, title: error.message, status: error.status, code: error.code, detail: error.message, ...error.more })
}

export function page<T, R>(found: T[], query: URLSearchParams, map: (item: T) => R) {
  const limit = Number(query.get('limit') ?? 50)
  if (!(limit >= 1 && limit <= 200)) throw new Refusal(422, 'invalid', 'limit is from 1 to 200')
  const start = Number(query.get('cursor') ?? 0)
  const next = start + limit < found.length ? String(start + limit) : null
  return { data: found.slice(start, start + limit).map(map), next, total: found.length, total_is: 'exact' }
}
