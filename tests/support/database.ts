// Looks into, and changes, what an installation has stored: for what no route shows.
import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { House } from './house.ts';
import { run } from './program.ts';

/** What the first business's database answers, each value as text; nothing is null. The texts must go on both engines. */
export async function stored(house: House, sql: string): Promise<Record<string, string | null>[]> {
  if (house.engine === 'sqlite') {
    const database = new DatabaseSync(path.join(house.folder, 'businesses', '1.db'));
    try {
      database.exec('PRAGMA busy_timeout=5000');
      return database.prepare(sql).all().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])));
    } finally {
      database.close();
    }
  }
  const wrapped = /^\s*select/i.test(sql) ? `select coalesce(json_agg(row_to_json(one)), '[]') from (${sql}) as one` : `${sql}`;
  const outcome = await run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', house.databaseUrl!, '-c', `set search_path to patron_1; ${wrapped}`]);
  assert.equal(outcome.code, 0, outcome.err);
  if (wrapped === sql) return [];
  return JSON.parse(outcome.out).map((row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])));
}
