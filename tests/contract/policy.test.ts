// The policy (tests/policy/policy.md) against the program: every route, for every caller, for every standing of the record
// (S01 S02). A caller who may not know of a record is answered, to the byte, as for one that never was (S03); what is refused
// leaves no trace on the spine.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { forBoth } from '../support/house.ts';
import { keepAlive, send, type Received } from '../support/http.ts';
import { within } from '../support/program.ts';
import { Engaging, type Caller, type Staff } from '../policy/callers.ts';
import { Records } from '../policy/records.ts';
import { Requests, type Sent } from '../policy/requests.ts';
import { Rules, type Expected } from '../policy/rules.ts';
import { Policy, type Row } from '../policy/table.ts';

const atOnce = 24;
const atLeast = 20_000;

interface Cell {
  row: Row;
  caller: Caller;
  standing: string;
  expected: Expected;
}

const policy = new Policy();
const nameOf = ({ row, caller, standing }: Cell) => `${row.method} ${row.path}${row.by && row.by !== 'path' ? ` (${row.by})` : ''} by ${caller.name}${standing ? ` for ${row.of} ${standing}` : ''}`;

async function each<T>(all: T[], task: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, async () => {
    while (next < all.length) await task(all[next++]!);
  }));
}

forBoth('the policy', (house) => {
  const agent = keepAlive();
  let staff: Staff;
  let records: Records;
  let requests: Requests;
  const cells: Cell[] = [];
  /** What differs, with how often, by the row and what it was: one line is worth more than a thousand like it. */
  const faults = new Map<string, { example: string; times: number }>();
  const fault = (cell: Cell, what: string, example: string) => {
    const key = `${cell.row.method} ${cell.row.path} ${cell.row.by}: ${what}`;
    const known = faults.get(key);
    if (known) known.times++;
    else faults.set(key, { example: `${nameOf(cell)}: ${example}`, times: 1 });
  };
  const hidden = new Map<Caller, ReturnType<Records['hiddenFrom']>>();
  const words = new Map<Caller, RegExp | undefined>();
  /** What each caller is answered for what never was, by row. */
  const ofNothing = new Map<string, string>();
  const unseen: { cell: Cell; text: string }[] = [];

  before(async () => {
    const engaging = new Engaging(house, policy);
    staff = await engaging.all();
    records = new Records(house, policy, staff, engaging);
    await records.all();
    requests = new Requests(records, engaging);
    const rules = new Rules(policy, staff);
    for (const row of policy.rows)
      for (const caller of staff.callers)
        for (const standing of row.of ? records.standingsOf(row.of, caller) : ['']) cells.push({ row, caller, standing, expected: rules.of(row, caller, standing) });
    for (const caller of staff.callers) {
      const told = records.hiddenFrom(caller);
      hidden.set(caller, told);
      words.set(caller, told.words.length ? new RegExp(told.words.join('|')) : undefined);
    }
  }, { timeout: within(300_000) });

  const call = (sent: Sent, caller: Caller): Promise<Received> => {
    const headers = Object.fromEntries(Object.entries({ ...caller.headers, ...sent.headers }).filter(([, value]) => value !== undefined));
    const url = house.server.address + sent.path;
    return sent.path === '/api/v1/live' ? head(url, headers as http.OutgoingHttpHeaders) : send({ method: sent.method, url, headers: headers as http.OutgoingHttpHeaders, body: sent.body, agent });
  };

  /** The head of a stream that never ends, or the whole of a refusal. */
  const head = (url: string, headers: http.OutgoingHttpHeaders): Promise<Received> =>
    new Promise((done, lost) => {
      const request = http.get(url, { headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        const told = () => done({ status: response.statusCode!, headers: response.headers, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks) });
        response.on('error', () => {});
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', told);
        if (response.statusCode !== 200) return;
        told();
        request.destroy();
      });
      request.on('error', lost);
    });

  /** All that a caller is told, without what names the record or the moment. */
  const toldBy = (answer: Received, id: string): string => {
    const heads = Object.entries(answer.headers).filter(([name]) => name !== 'date' && name !== 'content-length').map(([name, value]) => `${name}: ${value}`).sort();
    return `${answer.status}\n${heads.join('\n')}\n\n${answer.body.toString()}`.replaceAll(id, 'ID');
  };

  const lookForLeaks = (cell: Cell, text: string, id: string): void => {
    const { ids } = hidden.get(cell.caller)!;
    for (const found of text.match(/\b(?:cus|not|rel|fil|fol|sta)_[0-9a-z]{13}\b/g) ?? [])
      if (found !== id && ids.has(found) && !policy.toldAllTheSame.has(`${cell.row.method} ${cell.row.path} ${found.slice(0, 3)}`)) return fault(cell, `tells of a hidden ${found.slice(0, 3)}`, `…${text.slice(Math.max(0, text.indexOf(found) - 300), text.indexOf(found) + 60)}…`);
    const word = words.get(cell.caller)?.exec(text);
    if (word) fault(cell, 'tells a hidden name', `…${text.slice(Math.max(0, word.index - 300), word.index + 60)}…`);
  };

  const ask = async (cell: Cell): Promise<void> => {
    const { row, caller, standing, expected } = cell;
    const sent = await requests.of(row, caller, standing, !expected.lets);
    const answer = await call(sent, caller);
    const text = answer.body.toString();
    const problem = answer.status >= 400 && text.startsWith('{') ? JSON.parse(text) : {};
    if (answer.status !== expected.status || (expected.code && problem.code !== expected.code)) {
      return fault(cell, `${expected.status}${expected.code ? ` ${expected.code}` : ''} is the policy, ${answer.status} ${problem.code ?? ''} the answer`, text.slice(0, 300));
    }
    const id = row.of ? records.id(row.of, standing, caller) : '';
    lookForLeaks(cell, text, id);
    if (!expected.hidden) return;
    const told = toldBy(answer, id || 'no id');
    if (standing === 'missing') ofNothing.set(`${policy.rows.indexOf(row)} ${caller.name}`, told);
    else unseen.push({ cell, text: told });
  };

  const position = async (): Promise<number> => (await house.owner.get('/events?limit=1').gives(200)).last_position;

  it('has a row for every route, and no row without one', () => {
    const known = new Set(house.document.routes.map((route) => `${route.method} ${route.path}`).filter((route) => !/ \/api\/v1\/local\//.test(route)));
    const written = new Set(policy.rows.map((row) => `${row.method} ${row.path}`));
    assert.deepEqual([...known].filter((route) => !written.has(route)), [], 'routes without a row in tests/policy/policy.md');
    assert.deepEqual([...written].filter((route) => !known.has(route)), [], 'rows of tests/policy/policy.md without a route');
  });

  it('names every right that there is, and who has it', async () => {
    for (const role of await house.owner.all('/roles')) {
      const expected = policy.roles.get(role.key);
      if (expected) assert.deepEqual(role.permissions, [...expected].sort(), role.key);
    }
  });

  it(`holds in at least ${atLeast} cells`, { timeout: within(600_000) }, async (test) => {
    const order = [...policy.rows].sort((one, other) => Number(one.sends === 'last') - Number(other.sends === 'last'));
    for (const row of order) {
      const all = cells.filter((cell) => cell.row === row);
      const since = await position();
      await each(all.filter((cell) => !cell.expected.lets), ask);
      for (const event of await house.done(since)) if (event.kind !== 'session.refused') fault(all[0]!, 'refused, and yet it happened', `${event.kind} ${event.headline}`);
      await each(all.filter((cell) => cell.expected.lets), ask);
    }
    test.diagnostic(`${cells.length} cells: ${policy.rows.length} rows, ${staff.callers.length} callers`);
    const told = [...faults].map(([what, { example, times }]) => `${what} (${times} times)\n      ${example}`);
    assert.equal(told.length, 0, `the program differs from the policy:\n${told.slice(0, 60).join('\n')}`);
    assert.ok(cells.length >= atLeast, `${cells.length} cells`);
  });

  it('does not tell what is hidden from what never was', () => {
    const different = new Map<Row, string>();
    for (const { cell, text } of unseen) {
      if (['owner', 'elsewhere'].includes(cell.caller.sight) && policy.toldAllTheSame.has(`${cell.row.method} ${cell.row.path} own`)) continue;
      const nothing = (ofNothing.get(`${policy.rows.indexOf(cell.row)} ${cell.caller.name}`) ?? 'not asked').split('\n');
      const at = text.split('\n').findIndex((line, number) => line !== nothing[number]);
      if (at >= 0) different.set(cell.row, `${nameOf(cell)}:\n      ${text.split('\n')[at]!.slice(0, 300)}\n    for nothing:\n      ${nothing[at]?.slice(0, 300)}`);
    }
    assert.equal(different.size, 0, `told apart:\n${[...different.values()].join('\n')}`);
    assert.ok(unseen.length > 1_000, `${unseen.length} compared`);
  });
});
