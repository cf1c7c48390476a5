// What has outlived its time is gone for good: customers and notes in the bin, the files and rows of imports. What happened stays told, without what was personal.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { forBoth, type House } from '../support/house.ts';
import { portrait } from '../support/picture.ts';
import { run } from '../support/program.ts';

const day = 24 * 3600 * 1000;
const text = { headers: { 'content-type': 'text/plain' } };

/** Changes what is stored as time would, while nobody serves it; then the keeper of the house comes by. */
async function pass(house: House, sql: string): Promise<void> {
  await house.server.end();
  await stored(house, sql);
  await house.open();
}

/** Everything that is stored, as text: the database's rows, and the files beside it. */
async function everything(house: House): Promise<string> {
  const files = (readdirSync(house.folder, { recursive: true }) as string[]).map((name) => path.join(house.folder, name)).filter((name) => statSync(name).isFile());
  const bytes = files.map((name) => readFileSync(name, 'latin1')).join('\n');
  if (house.engine === 'sqlite') return bytes;
  const dump = await run('pg_dump', ['--data-only', '-d', house.databaseUrl!]);
  assert.equal(dump.code, 0, dump.err);
  return bytes + dump.out;
}

const blobs = (house: House) => {
  const folder = path.join(house.folder, 'files', '1');
  return existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(path.join(folder, name)).isFile()) : [];
};

forBoth('the bin', (house) => {
  const gone = (what: string, path: string) => house.owner.until(`${what} is erased`, async () => (await house.owner.get(path).answer).status === 404, 30_000);

  it('lets go of a customer for good, with all that hangs on them', async () => {
    const attachment = await house.owner.post('/files?filename=canary-contract.txt', undefined, { bytes: 'canary in a file', ...text }).gives(201);
    await house.owner.post('/fields', { key: 'contract', label: 'Contract', type: 'file' }).gives(201);
    await house.owner.post('/fields', { key: 'secret', label: 'Secret', type: 'text' }).gives(201);
    const list = await house.owner.post('/imports?filename=list.csv', undefined, { bytes: 'name,email,notes\nCanary Imported,canary@example.com,canary wrote a note\n', headers: { 'content-type': 'text/csv' } }).gives(201);
    await house.owner.post(`/imports/${list.id}/run`, {}).gives(202);
    await house.owner.until('the import', async () => (await house.owner.get(`/imports/${list.id}`).gives(200)).state === 'done');
    const made = (await house.owner.get('/customers?email=canary@example.com').gives(200)).data[0];
    const other = await house.customer({ display_name: 'Stays Here' });
    await house.owner.patch(`/customers/${made.id}`, { display_name: 'Canary Renamed', source: 'canary-source', phones: [{ number: '+49 30 7654321 canary' }], import_keys: [{ source: 'shop', key: 'canary-7' }],
      addresses: [{ kind: 'billing', line1: 'Canary Street 1', region: 'Canary Region' }], custom: { secret: 'canary value', contract: attachment.id } }).answer.then((answer) => assert.ok([200, 422].includes(answer.status), String(answer)));
    await house.owner.patch(`/customers/${made.id}`, { display_name: 'Canary Renamed', source: 'canary-source', import_keys: [{ source: 'shop', key: 'canary-7' }], addresses: [{ kind: 'billing', line1: 'Canary Street 1', region: 'Canary Region' }],
      custom: { secret: 'canary value', contract: attachment.id } }).gives(200);
    const note = await house.owner.post('/notes', { customer_id: made.id, body: 'canary in a note' }).gives(201);
    await house.owner.patch(`/notes/${note.id}`, { body: 'canary in a changed note' }).gives(200);
    const relation = await house.owner.post('/relations', { from_id: other.id, to_id: made.id, kind: 'family', note: 'canary beside a relation' }).gives(201);
    await house.owner.patch(`/relations/${relation.id}`, { note: 'canary beside it still' }).gives(200);
    await house.owner.put(`/customers/${made.id}/photo`, undefined, { bytes: portrait(), headers: { 'content-type': 'image/png' } }).gives(200);
    await house.owner.delete(`/imports/${list.id}`).answers(204);
    const salts = async () => Number((await stored(house, `select count(*) as n from audit_salts where id in (select id from audit where subject in ('${made.id}','${note.id}','${relation.id}'))`))[0]!.n);
    assert.ok((await salts()) >= 3);
    const before = await house.spine();
    const told = before.filter((event) => event.customer_id === made.id);
    await house.owner.delete(`/customers/${made.id}`).answers(204);
    await house.owner.get(`/customers/${made.id}`).refuses(410);
    await pass(house, `update customers set bin_until=${Date.now() + day} where id=(select max(id) from customers where bin_until is not null)`);
    await new Promise((resume) => setTimeout(resume, 7_000));
    await house.owner.get(`/customers/${made.id}`).refuses(410);
    assert.ok(blobs(house).length >= 2);

    await pass(house, `update customers set bin_until=${Date.now() - 1} where bin_until is not null`);
    await gone('the customer', `/customers/${made.id}`);
    for (const where of [`/customers/${made.id}/timeline`, `/notes?customer_id=${made.id}`, `/relations?customer_id=${made.id}`, `/notes/${note.id}`, `/relations/${relation.id}`, `/files/${attachment.id}`])
      assert.ok([404].includes((await house.owner.get(where).answer).status), where);
    assert.deepEqual((await house.owner.get('/customers?in_bin=true').gives(200)).data, []);
    assert.equal(await salts(), 0, 'the audit log can no longer be asked what a value was');
    // Once the transaction is durable, and so a moment behind it.
    await house.owner.until('photo, file and list are off the disk', async () => blobs(house).length === 0);
    // The story is whole, in order, and says nothing of the person.
    const spine = await house.spine();
    assert.deepEqual(spine.map((event) => event.position), spine.map((_, index) => index + 1));
    const after = spine.filter((event) => event.customer_id === made.id);
    assert.deepEqual(after.slice(0, told.length).map((event) => [event.position, event.kind, event.facts]), told.map((event) => [event.position, event.kind, event.facts]));
    assert.equal(after.at(-1)!.kind, 'customer.erased');
    assert.equal(after.at(-1)!.actor.kind, 'system');
    // Whom they were related to is told.
    await house.lastHappened(other.id, 'relation.removed');
    await house.command(['check']);
    await house.server.end();
    const left = await everything(house);
    const at = left.search(/canary/i);
    assert.equal(at, -1, `still there: ${JSON.stringify(left.slice(Math.max(0, at - 200), at + 60))}`);
    await house.open();
    await house.owner.get(`/customers/${other.id}`).gives(200);
    assert.equal((await house.owner.get('/customers?limit=1').gives(200)).total, Number((await stored(house, 'select count(*) as n from customers where bin_until is null'))[0]!.n), 'the counts are right');
  });

  it('lets go of a note for good, and of nothing else', async () => {
    const customer = await house.customer({ display_name: 'With notes' });
    const [old, kept] = [await house.owner.post('/notes', { customer_id: customer.id, body: 'pelican in the bin' }).gives(201), await house.owner.post('/notes', { customer_id: customer.id, body: 'Stays' }).gives(201)];
    await house.owner.patch(`/notes/${old.id}`, { body: 'pelican again' }).gives(200);
    await house.owner.delete(`/notes/${old.id}`).answers(204);
    await pass(house, `update notes set bin_until=${Date.now() - 1} where bin_until is not null`);
    await gone('the note', `/notes/${old.id}`);
    await house.owner.get(`/notes/${kept.id}`).gives(200);
    await house.lastHappened(customer.id, 'note.erased');
    await house.server.end();
    assert.doesNotMatch(await everything(house), /pelican/);
    await house.open();
  });

  it('keeps what was brought back in time', async () => {
    const customer = await house.customer({ display_name: 'Back again' });
    await house.owner.delete(`/customers/${customer.id}`).answers(204);
    await house.owner.post(`/customers/${customer.id}/restoration`, {}).gives(200);
    await pass(house, 'select 1');
    await new Promise((resume) => setTimeout(resume, 7_000));
    await house.owner.get(`/customers/${customer.id}`).gives(200);
  });
});

forBoth('what an import keeps', (house) => {
  const csv = 'name,email,phone\nHeron One,heron@example.com,\nHeron Two,not an address,\n';
  const upload = async (): Promise<Json> => {
    const { id } = await house.owner.post('/imports?filename=herons.csv', undefined, { bytes: csv, headers: { 'content-type': 'text/csv' } }).gives(201);
    await house.owner.post(`/imports/${id}/run`, {}).gives(202);
    return house.owner.until('the import', async () => {
      const now = await house.owner.get(`/imports/${id}`).gives(200);
      return now.state === 'done' ? now : undefined;
    });
  };
  const isCleared = async (id: string, counts: Json) => {
    const now = await house.owner.get(`/imports/${id}`).gives(200);
    assert.deepEqual(now.counts, counts, 'the counts stay');
    assert.ok(now.cleared_at);
    assert.deepEqual(now.columns.flatMap((column: Json) => column.samples), []);
    assert.deepEqual((await house.owner.get(`/imports/${id}/rows`).gives(200)).data, []);
    for (const act of ['run', 'preview', 'undo']) await house.owner.post(`/imports/${id}/${act}`, {}).refuses(409, 'import_cleared');
    await house.owner.patch(`/imports/${id}`, { policy: 'keep' }).refuses(409, 'import_cleared');
  };

  it('goes when somebody says so', async () => {
    const done = await upload();
    assert.equal(done.counts.rows, 2);
    assert.equal(blobs(house).length, 1);
    await house.as('staff').delete(`/imports/${done.id}`).refuses(403);
    await house.owner.delete(`/imports/${done.id}`).answers(204);
    await isCleared(done.id, done.counts);
    assert.deepEqual(blobs(house), []);
    await house.owner.delete(`/imports/${done.id}`).answers(204);
    assert.equal((await house.spine()).filter((event) => event.kind === 'import.cleared').length, 1);
    await pass(house, 'select 1');
    await house.owner.until('the rows are gone', async () => (await stored(house, 'select count(*) as n from import_rows'))[0]!.n === '0', 30_000);
  });

  it('goes after ninety days', async () => {
    const done = await upload();
    await pass(house, `update imports set finished_at=${Date.now() - 89 * day}, created_at=${Date.now() - 89 * day} where cleared_at is null`);
    await new Promise((resume) => setTimeout(resume, 7_000));
    assert.equal((await house.owner.get(`/imports/${done.id}`).gives(200)).cleared_at, null);
    await pass(house, `update imports set finished_at=${Date.now() - 90 * day} where cleared_at is null`);
    await house.owner.until('it is cleared', async () => (await house.owner.get(`/imports/${done.id}`).gives(200)).cleared_at, 30_000);
    await isCleared(done.id, done.counts);
    await house.owner.until('the rows are gone', async () => (await stored(house, 'select count(*) as n from import_rows'))[0]!.n === '0', 30_000);
    await house.server.end();
    // The customer who was made is there; the row that failed is not.
    assert.doesNotMatch(await everything(house), /Heron Two|not an address/);
    await house.open();
  });
});
