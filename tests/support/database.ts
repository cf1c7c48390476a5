// Looks into the tables of an installation's first business, past the program, and changes them: what no answer would show.
import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { House } from './house.ts';
import { run } from './program.ts';

/** The rows of a query that both databases understand, each value as text. */
export async function rows(house: House, sql: string): Promise<string[][]> {
  if (house.engine === 'sqlite') {
    const database = new DatabaseSync(path.join(house.folder, 'businesses', '1.db'), { readOnly: true });
    try {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      return statement.all().map((row) => Object.values(row as object).map(String));
    } finally {
      database.close();
    }
  }
  const ask = async (text: string) => {
    const outcome = await run('psql', ['-X', '-q', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-d', house.databaseUrl!, '-c', text]);
    assert.equal(outcome.code, 0, outcome.err);
    return outcome.out.split('\n').filter(Boolean).map((line) => line.split('\t'));
  };
  const [schema] = await ask(`select table_schema from information_schema.tables where table_name = 'spine'`);
  return ask(`set search_path to "${schema![0]}"; ${sql}`);
}

/** A change, its event, its line in the audit log and its kept answer are one transaction: none of them is ever alone. */
export async function assertWhole(house: House, when: string): Promise<void> {
  const nothing = async (what: string, sql: string) => assert.deepEqual((await rows(house, sql)).slice(0, 5), [], `${when}: ${what}`);
  await nothing('positions have a gap, or the head is not the last', `select h.position, s.last, s.many from spine_head h, (select coalesce(max(position), 0) as last, count(*) as many from spine) s
    where h.position <> s.last or s.last <> s.many`);
  // Of segments that keep themselves the audit log is silent: nobody does that.
  await nothing('an event without its line in the audit log',
    `select request, kind, count(*) from spine where kind not in ('segment.entered', 'segment.left') group by request, kind except select request, kind, count(*) from audit group by request, kind`);
  await nothing('a line in the audit log without its event',
    `select request, kind, count(*) from audit where kind not in ('', 'session.held_back') and route not like 'GET %' group by request, kind except select request, kind, count(*) from spine group by request, kind`);
  for (const [table, prefix] of [['customers', 'cus'], ['notes', 'not']]) {
    await nothing(`a row of ${table} with more or fewer changes than events`,
      `select t.id, t.version, count(s.position) from ${table} t left join spine s on s.subject_id = t.id and s.subject_prefix = '${prefix}' and s.subject_version > 0
       group by t.id, t.version having count(distinct s.subject_version) <> t.version or max(s.subject_version) <> t.version`);
    await nothing(`an event of ${table} whose record is not there`,
      `select s.position from spine s where s.subject_prefix = '${prefix}' and s.subject_version > 0 and not exists (select 1 from ${table} t where t.id = s.subject_id and t.version >= s.subject_version)`);
  }
}

/** Whoever writes with an Idempotency-Key each time has one kept answer for each change, and no change without one. */
export async function assertAnswersKept(house: House, kinds: string[], when: string): Promise<void> {
  const [[changes, answers]] = (await rows(house, `select (select count(*) from spine where kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})), (select count(*) from idempotency)`)) as [[string, string]];
  assert.equal(answers, changes, `${when}: as many kept answers as changes`);
}

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
