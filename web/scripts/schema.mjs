/** Types of the API from the server's own description; with --check only says whether they are up to date. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')
if (!existsSync(`${web}../api/openapi.json`)) {
  if (!check) console.error('There is no api/openapi.json; ./dev api makes it')
  process.exit(check ? 0 : 1)
}
const made = spawnSync(
  process.execPath,
  ['node_modules/openapi-typescript/bin/cli.js', '../api/openapi.json', '-o', 'src/schema.d.ts', ...(check ? ['--check'] : [])],
  { cwd: web, encoding: 'utf8' },
)
if (made.status !== 0) {
  console.error(check ? 'src/schema.d.ts is not what api/openapi.json says: npm run schema' : made.stderr || made.stdout)
  process.exit(1)
}
