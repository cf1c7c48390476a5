import type { ServerResponse } from 'node:http'
import type { LiveEvent, Stored } from './records.ts'

const streams = new Set<ServerResponse>()
let position = 1_000_000

export function openStream(response: ServerResponse) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write('retry: 1000\n\n')
  streams.add(response)
  response.on('close', () => streams.delete(response))
}

export function announce(kind: string, subjectKind: string, record: Stored, customerId: string | null = null) {
  const event: LiveEvent = { position: ++position, kind, subject: { kind: subjectKind, id: record.id, version: record.version }, customer_id: customerId }
  for (const stream of streams) stream.write(`id: ${position}\ndata: ${JSON.stringify(event)}\n\n`)
}

setInterval(() => streams.forEach((s) => s.write(': still here\n\n')), 15_000).unref()
