// Idempotency-Key: a request that is repeated does its work once.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { stored } from '../support/database.ts';
import { forBoth, people } from '../support/house.ts';

const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

forBoth('a repeated request', (house) => {
  const count = async () => (await house.owner.get('/customers?limit=1').gives(200)).total;

  it('is answered the same again, and done once', async () => {
    const key = randomUUID();
    const first = await house.owner.post('/customers', { display_name: 'Once' }, withKey(key)).answers(201);
    assert.equal(first.header('idempotent-replayed'), undefined);
    const before = await count();
    const again = await house.owner.post('/customers', { display_name: 'Once' }, withKey(key)).answers(201);
    assert.equal(again.header('idempotent-replayed'), 'true');
    assert.equal(again.text, first.text);
    assert.equal(again.header('location'), first.header('location'));
    assert.equal(again.header('content-type'), first.header('content-type'));
    assert.equal(await count(), before);
  });

  it('with another body is refused', async () => {
    const key = randomUUID();
    await house.owner.post('/customers', { display_name: 'One' }, withKey(key)).gives(201);
    await house.owner.post('/customers', { display_name: 'Two' }, withKey(key)).refuses(422, 'idempotency_key_reused');
    await house.owner.post('/tags', { name: 'One' }, withKey(key)).answer.then((answer) =>
      assert.ok(answer.status === 201 || answer.json.code === 'idempotency_key_reused', 'another route: keys are kept per route, or the reuse is refused'));
  });

  it('of a change or a deletion is answered the same too', async () => {
    const made = await house.customer();
    const path = `/customers/${made.id}`;
    const key = randomUUID();
    const first = await house.owner.patch(path, { source: 'a' }, withKey(key)).answers(200);
    await house.owner.patch(path, { source: 'b' }).gives(200);
    const again = await house.owner.patch(path, { source: 'a' }, withKey(key)).answers(200);
    assert.equal(again.text, first.text);
    assert.equal((await house.owner.get(path).gives(200)).source, 'b');
    const deletion = randomUUID();
    await house.owner.delete(path, withKey(deletion)).answers(204);
    const repeated = await house.owner.delete(path, withKey(deletion)).answers(204);
    assert.equal(repeated.header('idempotent-replayed'), 'true');
    assert.equal((await house.spine()).filter((event) => event.kind === 'customer.binned' && event.subject.id === made.id).length, 1);
  });

  it('that was refused is refused the same, or may be tried anew', async () => {
    const key = randomUUID();
    const first = await house.owner.post('/customers', { newsletter: 'yes', display_name: 'X' }, withKey(key)).refuses(422, 'invalid');
    assert.deepEqual(await house.owner.post('/customers', { newsletter: 'yes', display_name: 'X' }, withKey(key)).refuses(422, 'invalid'), first);
  });

  it('has a key of at most 255 characters', async () => {
    await house.owner.post('/customers', { display_name: 'Long' }, withKey('k'.repeat(255))).gives(201);
    await house.owner.post('/customers', { display_name: 'Longer' }, withKey('k'.repeat(256))).answer.then((answer) => assert.ok([400, 422].includes(answer.status), String(answer)));
    await house.owner.post('/customers', { display_name: 'Empty' }, withKey('')).answer.then((answer) => assert.ok([400, 422].includes(answer.status), String(answer)));
  });

  it('belongs to the person who sent it', async () => {
    const key = randomUUID();
    const mine = await house.owner.post('/customers', { display_name: 'Shared key' }, withKey(key)).gives(201);
    const theirs = await house.as('staff').post('/customers', { display_name: 'Shared key' }, withKey(key)).gives(201);
    assert.notEqual(mine.id, theirs.id);
  });

  it('sent many times at once has one effect for each key', async () => {
    const before = await count();
    const keys = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(keys.map(async (key, index) => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => house.owner.post('/customers', { display_name: `Parallel ${index}` }, withKey(key)).answer));
      const ids = new Set<string>();
      for (const answer of answers) {
        assert.ok(answer.status === 201 || answer.status === 409, String(answer));
        if (answer.status === 201) ids.add(answer.json.id);
      }
      assert.equal(ids.size, 1, 'all who were answered were told of the same customer');
      assert.equal(answers.filter((answer) => answer.status === 201 && answer.header('idempotent-replayed') !== 'true').length, 1);
    }));
    assert.equal(await count(), before + keys.length);
  });

  it('1,000 keys, each sent twice, make exactly 1,000 customers', async () => {
    const before = await count();
    for (let batch = 0; batch < 10; batch++)
      await Promise.all(Array.from({ length: 100 }, async (_, index) => {
        const key = `thousand-${batch}-${index}`;
        const first = await house.owner.post('/customers', { display_name: key }, withKey(key)).gives(201);
        assert.equal((await house.owner.post('/customers', { display_name: key }, withKey(key)).gives(201)).id, first.id);
      }));
    assert.equal(await count(), before + 1000);
  });

  it('to upload a file is done once, by its bytes', async () => {
    const key: string = randomUUID();
    const upload = (bytes: string, own = key) => house.owner.post('/files?filename=once.txt', undefined, { bytes, headers: { 'content-type': 'text/plain', 'idempotency-key': own } });
    const first = await upload('the same bytes').answers(201);
    const again = await upload('the same bytes').answers(201);
    assert.equal(again.header('idempotent-replayed'), 'true');
    assert.equal(again.text, first.text);
    await upload('other bytes').refuses(422, 'idempotency_key_reused');
    await upload('x', 'k'.repeat(256)).refuses(422);
    assert.equal((await house.owner.get(`/files/${first.json.id}/content`).answers(200)).text, 'the same bytes');
    const blobs = () => (readdirSync(path.join(house.folder, 'files', '1'), { recursive: true }) as string[]).filter((name) => /[0-9a-f]{40}$/.test(name)).length;
    const before = blobs();
    const answers = await Promise.all(Array.from({ length: 40 }, () => upload('at the same time', 'parallel upload').answer));
    const ids = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.json.id));
    assert.ok(answers.every((answer) => answer.status === 201 || (answer.status === 409 && answer.json.code === 'idempotency_key_in_use')), String(answers[0]));
    assert.equal(ids.size, 1);
    assert.equal(blobs(), before + 1, 'one file lies on the shelf');
  });

  it('to import a file and to take it back is done once', async () => {
    const list = { bytes: 'name,email\nOnly Once,only.once@example.com\n', headers: { 'content-type': 'text/csv', ...withKey('list').headers } };
    const import_ = await house.owner.post('/imports?filename=once.csv', undefined, list).gives(201);
    const replayed = await house.owner.post('/imports?filename=once.csv', undefined, list).answers(201);
    assert.deepEqual([replayed.header('idempotent-replayed'), replayed.json.id], ['true', import_.id]);
    const run = () => house.owner.post(`/imports/${import_.id}/run`, {}, withKey('run'));
    const first = await run().answers(202);
    assert.equal((await run().answers(202)).text, first.text);
    await house.owner.until('the import', async () => (await house.owner.get(`/imports/${import_.id}`).gives(200)).state === 'done');
    assert.equal((await run().answers(202)).text, first.text, 'also when it is done');
    const undo = () => house.owner.post(`/imports/${import_.id}/undo`, {}, withKey('undo'));
    const undone = await undo().answers(200);
    assert.equal(undone.json.state, 'undone');
    const again = await undo().answers(200);
    assert.equal(again.header('idempotent-replayed'), 'true');
    assert.equal(again.text, undone.text);
    assert.equal((await house.spine()).filter((event) => event.kind === 'import.undone').length, 1);
  });

  it('to change a password is done once, and nothing of it can be read', async () => {
    const person = await house.signedIn('staff');
    const change = () => person.post('/session/password', { current: people.staff.password, password: 'forty brown pianos' }, withKey('password'));
    await change().answers(204);
    assert.equal((await change().answers(204)).header('idempotent-replayed'), 'true');
    const { createHash } = await import('node:crypto');
    const plain = createHash('sha256').update(`POST /api/v1/session/password\n${JSON.stringify({ current: people.staff.password, password: 'forty brown pianos' })}`).digest('hex');
    for (const row of await stored(house, 'select key, fingerprint, body from idempotency')) assert.ok(row.fingerprint !== plain && row.key !== 'password');
  });

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`is known after a restart by ${signal}`, async () => {
      const key = randomUUID();
      const first = await house.owner.post('/customers', { display_name: 'Before' }, withKey(key)).answers(201);
      await house.restart(signal);
      const again = await house.owner.post('/customers', { display_name: 'Before' }, withKey(key)).answers(201);
      assert.equal(again.header('idempotent-replayed'), 'true');
      assert.equal(again.text, first.text);
      const upload = () => house.owner.post('/files?filename=restart.txt', undefined, { bytes: signal, headers: { 'content-type': 'text/plain', 'idempotency-key': `upload ${signal}` } }).answers(201);
      const file = await upload();
      await house.restart(signal);
      assert.equal((await upload()).text, file.text);
    });
});
