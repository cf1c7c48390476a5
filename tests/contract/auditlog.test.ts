// The audit log as it is read: who changed, who was refused, who looked; and that nobody tampers with it unnoticed.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import type { Json } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { forBoth } from '../support/house.ts';

forBoth('the audit log, read', (house) => {
  const until = (what: string, query: string, fits: (rows: Json[]) => boolean) =>
    house.owner.until(what, async () => {
      const { data } = await house.owner.get(`/audit?limit=200&${query}`).gives(200);
      return fits(data) ? data : undefined;
    });

  it('tells who opened a customer, once a minute', async () => {
    const customer = await house.customer();
    const staff = await house.user('staff');
    for (let i = 0; i < 3; i++) await house.as('staff').get(`/customers/${customer.id}`).gives(200);
    await house.as('manager').get(`/customers/${customer.id}`).gives(200);
    const rows = await until('both looks', `customer_id=${customer.id}&kind=customer.opened`, (rows) => rows.length >= 2);
    assert.equal(rows.length, 2);
    assert.deepEqual(rows.map((row: Json) => row.actor.name).sort(), ['Mona Manager', 'Stan Staff']);
    assert.ok(rows.every((row: Json) => row.subject === customer.id && row.outcome === 200 && row.fields.length === 0));
    void staff;
  });

  it('tells that somebody searched, not for what', async () => {
    await house.as('staff').get('/customers?q=Quibblesworth').gives(200);
    await until('the search', 'kind=customers.searched', (rows) => rows.length === 1);
    assert.doesNotMatch((await house.owner.get('/audit?limit=200').answers(200)).text, /uibblesworth/i);
  });

  it('tells changes with the names of fields, and refusals', async () => {
    const customer = await house.customer();
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Whispered secret' }).gives(200);
    await house.as('read_only').patch(`/customers/${customer.id}`, { source: 'x' }).refuses(403);
    const changed = await until('the change', `customer_id=${customer.id}&kind=customer.updated`, (rows) => rows.length === 1);
    assert.deepEqual(changed[0].fields, ['source']);
    assert.equal(changed[0].subject_name, 'Ada Lovelace');
    const refused = await until('the refusal', `subject=${customer.id}&refused=true`, (rows) => rows.length === 1);
    assert.equal(refused[0].outcome, 403);
    assert.equal(refused[0].actor.name, 'Rita Reader');
    assert.doesNotMatch((await house.owner.get('/audit?limit=200').answers(200)).text, /Whispered/);
  });

  it('knows what a value was without holding it', async () => {
    const customer = await house.customer();
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Fair', display_name: 'Augusta King' }).gives(200);
    const rows = await until('the change', `customer_id=${customer.id}&kind=customer.updated`, (rows) => rows.length === 1);
    const says = async (field: string, value: string) => (await house.tries(['audit', '--value', String(rows[0].seq), field, value])).out.trim();
    assert.equal(await says('source', 'Fair'), 'That was its value after the change.');
    assert.equal(await says('source', 'null'), 'That was its value before the change.');
    assert.equal(await says('display_name', 'Ada Lovelace'), 'That was its value before the change.');
    assert.equal(await says('display_name', 'Bertha'), 'It was another, before and after.');
    assert.equal(await says('company_name', 'Lovelace'), 'There is no such row, or it changed no such field.');
    assert.equal((await house.tries(['audit', '--value', 'many', 'source', 'Fair'])).code, 1);
  });

  it('is for managers and owners', async () => {
    await house.as('manager').get('/audit').gives(200);
    await house.as('staff').get('/audit').refuses(403);
    await house.owner.get('/audit?actor=nobody-knows&at[gte]=2020-01-01&looks=false').gives(200);
    await house.owner.get('/audit?at=tomorrow').refuses(422);
  });

  it('is a chain without gaps, which the check reads', async () => {
    const rows = await house.owner.all('/audit');
    const numbers = rows.map((row) => row.seq).sort((one, other) => one - other);
    assert.deepEqual(numbers, numbers.map((_, i) => i + 1));
    assert.match((await house.command(['check'])).err, /in order/);
  });

  it('is verified by a command of its own, which knows rows that were kept elsewhere', async () => {
    const first = await house.command(['audit']);
    assert.match(first.err, /is whole: rows 1 to \d+\./);
    const [number, hash] = first.out.trim().split(' ') as [string, string];
    assert.match(hash, /^[0-9a-f]{64}$/);
    await house.owner.post('/tags', { name: 'After that' }).gives(201);
    assert.equal((await house.tries(['audit', '--kept', number, hash])).code, 0);
    const other = await house.tries(['audit', '--kept', number, `${hash.slice(1)}0`]);
    assert.equal(other.code, 1);
    assert.match(other.out, /is not the one whose hash was kept/);
    assert.match((await house.tries(['audit', '--kept', '99999999', hash])).out, /is missing/);
    assert.equal((await house.tries(['audit', '--kept', 'many', hash])).code, 1);
  });

  it('ends in the server\'s log, signed, which the command can be shown later', async () => {
    await house.restart();
    const lineIn = () => /audit log of \S+: row \d+ [0-9a-f]{64} at \S+ signed \S+/.exec(house.server.output)?.[0];
    const line = (await house.owner.until('the line', async () => lineIn(), 10_000)) as string;
    const key = (await house.command(['audit', '--public-key'])).out.trim();
    const [text, signature] = line.split(' signed ') as [string, string];
    // By any other program: the key as RFC 8410 wraps it.
    const wrapped = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key, 'base64url')]), format: 'der', type: 'spki' });
    assert.ok(verify(null, Buffer.from(text), wrapped, Buffer.from(signature, 'base64url')));
    await house.owner.post('/tags', { name: 'After the line' }).gives(201);
    assert.equal((await house.tries(['audit', '--line', line])).code, 0);
    const altered = await house.tries(['audit', '--line', line.replace(/row \d+/, 'row 1')]);
    assert.equal(altered.code, 1);
    assert.match(altered.out, /altered/);
    assert.equal((await house.tries(['audit', '--line', 'nothing of the kind'])).code, 1);
  });

  it('is asked for several kinds at once', async () => {
    const tag = await house.owner.post('/tags', { name: 'Of two kinds' }).gives(201);
    await house.owner.patch(`/tags/${tag.id}`, { name: 'Of both kinds' }).gives(200);
    const rows = await until('both', `subject=${tag.id}&kind=tag.created,tag.updated`, (rows) => rows.length === 2);
    assert.deepEqual(rows.map((row: Json) => row.kind).sort(), ['tag.created', 'tag.updated']);
    await house.owner.get(`/audit?kind=${Array(51).fill('x').join(',')}`).refuses(422);
  });

  it('stays as it was written, and is kept as long as the business says', async () => {
    if (house.engine === 'sqlite') // on PostgreSQL it is the business's role that may not; the tests of the floor ask that
      for (const sql of ["update audit set kind='' where seq=1", 'delete from audit where seq=1']) await assert.rejects(stored(house, sql), /stay as they were written/);
    for (const years of [0, 31, -1, 1.5, '2']) await house.owner.patch('/business', { audit_years: years }).refuses(422);
    assert.equal((await house.owner.get('/business').gives(200)).audit_years, null);
    await house.as('manager').patch('/business', { audit_years: 1 }).refuses(403);
    assert.equal((await house.owner.patch('/business', { audit_years: 1 }).gives(200)).audit_years, 1);
    assert.equal((await house.owner.patch('/business', { audit_years: null }).gives(200)).audit_years, null);
  });
});
