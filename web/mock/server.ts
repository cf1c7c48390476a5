/** The API in memory, and the built workspace as the server would serve it: `npm run mock`, then open the printed address. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { description } from './description.ts'
import { answer, readCall, refuse } from './http.ts'
import { openStream } from './live.ts'
import { route } from './routes.ts'

const port = Number(process.env.PORT ?? 8090)
const dist = join(import.meta.dirname, '../dist')
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' }

async function sendPage(response: ServerResponse, name = 'index.html') {
  const nonce = randomBytes(16).toString('base64')
  const page = await readFile(join(dist, name), 'utf8')
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  })
  response.end(page.replaceAll('__CSP_NONCE__', nonce))
}

async function sendFile(path: string, response: ServerResponse) {
  const file = normalize(path).replace(/^(\.\.[/\\])+/, '')
  const type = TYPES[extname(file)]
  if (!type) return sendPage(response)
  try {
    const body = await readFile(join(dist, file))
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://mock').pathname
  try {
    if (path === '/api/v1/live') openStream(response)
    else if (path === '/api/openapi.json') answer(response, 200, description)
    else if (path === '/api/docs') await sendPage(response, 'docs.html')
    else if (path.startsWith('/api/')) answer(response, ...route(await readCall(request)))
    else await sendFile(path, response)
  } catch (error) {
    refuse(response, error)
  }
}).listen(port, '127.0.0.1', () => console.info(`http://127.0.0.1:${port}`))
