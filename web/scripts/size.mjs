/** The first route's script and style, gzipped, against their budgets. Reads the build's manifest. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const ENTRY = 'index.html'
const ROUTES = ['src/routes/_app.tsx', 'src/routes/_app/customers.tsx', 'src/routes/_app/customers/$customerId.$section.tsx']
const BUDGET = { js: 200_000, css: 20_000 }

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

/** The files a chunk needs before it runs: itself, what it imports, their styles. */
function needs(key, files = new Set(), seen = new Set()) {
  if (seen.has(key)) return files
  seen.add(key)
  const chunk = manifest[key]
  files.add(chunk.file)
  chunk.css?.forEach((css) => files.add(css))
  chunk.imports?.forEach((k) => needs(k, files, seen))
  return files
}

const firstRoute = Object.keys(manifest).filter((key) => key === ENTRY || ROUTES.some((route) => key.startsWith(route)))
const files = new Set(firstRoute.flatMap((key) => [...needs(key)]))
const total = { js: 0, css: 0 }
for (const file of files) {
  const kind = file.endsWith('.css') ? 'css' : 'js'
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  total[kind] += size
  if (process.argv.includes('--files')) console.info(String(size).padStart(8), file)
}

const over = Object.keys(BUDGET).filter((kind) => total[kind] > BUDGET[kind])
for (const kind of Object.keys(BUDGET)) console.info(`${kind}: ${(total[kind] / 1000).toFixed(1)} kB gz of ${BUDGET[kind] / 1000}`)
if (over.length > 0) {
  console.error(`Over budget: ${over.join(', ')}`)
  process.exit(1)
}
