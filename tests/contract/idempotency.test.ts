// Idempotency-Key: a request that is repeated does its work once.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { forBoth } from '../support/house.ts';

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

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`is known after a restart by ${signal}`, async () => {
      const key = randomUUID();
      const first = await house.owner.post('/customers', { display_name: 'Before' }, withKey(key)).answers(201);
      await house.restart(signal);
      const again = await house.owner.post('/customers', { display_name: 'Before' }, withKey(key)).answers(201);
      assert.equal(again.header('idempotent-replayed'), 'true');
      assert.equal(again.text, first.text);
    });
});
