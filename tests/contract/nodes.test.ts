// Two servers on one PostgreSQL: a change of somebody's rights on the one holds on the other at once; and connections that are cut cost nobody who reads anything.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { Client } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { engines, House } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { freshFolder, Serving, within } from '../support/program.ts';

const atOnce = 1_000;

describe('two servers on one database', { skip: !engines.includes('postgres') && 'this takes PostgreSQL' }, () => {
  const house = new House('postgres');
  let second: Serving;
  before(async () => {
    await house.found();
    second = await Serving.start(['--data', path.join(freshFolder(), 'second'), '--database', house.databaseUrl!]);
  });
  after(async () => {
    await second?.dismiss();
    await house.close();
  });

  const there = (key: string) => new Client(second.address, { authorization: `Bearer ${key}` }, house.document);
  const refusedSoon = async (client: Client, what: string) => {
    const begun = Date.now();
    await client.until(what, async () => (await client.get('/tags?limit=1').answer).status === 401, 5_000);
    assert.ok(Date.now() - begun <= within(atOnce), `${what}: ${Date.now() - begun} ms`);
  };

  it('a revoked key is dead on both, and its stream ends', async () => {
    const { id, key } = await house.owner.post('/keys', { name: 'Roamer' }).gives(201);
    const client = there(key);
    await client.get('/tags').gives(200);
    const live = await Live.open(second.address, { authorization: `Bearer ${key}` });
    await house.owner.delete(`/keys/${id}`).answers(204);
    await refusedSoon(client, 'the key is dead');
    await house.owner.until('the stream ends', async () => live.ended, atOnce);
  });

  it('a disabled person is out on both', async () => {
    const cookie = await house.signIn('staff');
    const client = new Client(second.address, { cookie }, house.document);
    await client.get('/tags').gives(200);
    const live = await Live.open(second.address, { cookie });
    const user = await house.user('staff');
    await house.owner.patch(`/users/${user.id}`, { state: 'disabled' }).gives(200);
    await refusedSoon(client, 'the session is over');
    await house.owner.until('the stream ends', async () => live.ended, atOnce);
  });

  it('another role holds on both', async () => {
    const key = await house.key('manager');
    const client = there(key);
    await client.get('/tags').gives(200);
    const live = await Live.open(second.address, { authorization: `Bearer ${key}` });
    const reader = (await house.owner.all('/roles')).find((one) => one.key === 'read_only');
    await house.owner.patch(`/users/${(await house.user('manager')).id}`, { role_id: reader.id }).gives(200);
    const begun = Date.now();
    await client.until('changes are refused', async () => (await client.post('/tags', { name: `x${Date.now()}` }).answer).status === 403, 5_000);
    assert.ok(Date.now() - begun <= within(atOnce));
    await house.owner.until('the stream ends', async () => live.ended, atOnce);
  });

  it('lists, search and tallies show at once what was changed on the other', async () => {
    const client = there(house.ownerKey);
    const seen = async (query: string, what: string, total: number) => {
      const begun = Date.now();
      await client.until(what, async () => (await client.get(`/customers?${query}`).gives(200)).total === total, 5_000);
      assert.ok(Date.now() - begun <= within(atOnce), `${what}: ${Date.now() - begun} ms`);
    };
    const tag = await house.owner.post('/tags', { name: 'From over there' }).gives(201);
    await client.get('/customers?q=quartermain').gives(200);
    for (let round = 1; round <= 5; round++) {
      const made = await house.owner.post('/customers', { display_name: `Allan Quartermain ${round}` }).gives(201);
      await seen('q=quartermain', 'the new one is found', round);
      await house.owner.patch(`/customers/${made.id}`, { tag_ids: [tag.id] }).gives(200);
      await seen(`tag_id=${tag.id}`, 'the tag filters', round);
    }
    const { data } = await client.get('/customers/tally?by=tag_id').gives(200);
    assert.equal(data.find((one: { value: string }) => one.value === tag.id)?.count, 5, JSON.stringify(data));
    // And the other way round, while the first goes on.
    const gone = (await house.owner.get(`/customers?tag_id=${tag.id}&limit=1`).gives(200)).data[0];
    await client.delete(`/customers/${gone.id}`).answers(204);
    await house.owner.until('who went into the bin is gone here', async () => (await house.owner.get(`/customers?tag_id=${tag.id}`).gives(200)).total === 4, atOnce);
  });

  it('what was missed while the line between them was cut is made up for', async () => {
    const { id, key } = await house.owner.post('/keys', { name: 'While cut' }).gives(201);
    const client = there(key);
    await client.get('/tags').gives(200);
    const live = await Live.open(second.address, { authorization: `Bearer ${key}` });
    await stored(house, "select pg_terminate_backend(pid) from pg_stat_activity where datname=current_database() and usename=session_user and application_name like '%listening%'");
    await house.owner.delete(`/keys/${id}`).answers(204);
    await refusedSoon(client, 'the key is dead');
    await house.owner.until('the stream ends', async () => live.ended, 2 * atOnce);
  });

  it('readers do not notice that connections are cut', async () => {
    const end = Date.now() + 4_000;
    const statuses = new Map<number, number>();
    const cutting = (async () => {
      let cuts = 0;
      while (Date.now() < end) {
        cuts += (await stored(house, "select pg_terminate_backend(pid) as cut from pg_stat_activity where datname=current_database() and usename=session_user and pid<>pg_backend_pid()")).length;
        await new Promise((resume) => setTimeout(resume, 200));
      }
      return cuts;
    })();
    await Promise.all(Array.from({ length: 8 }, async () => {
      while (Date.now() < end) {
        const { status } = await house.owner.get('/customers?limit=5').answer;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }));
    assert.ok((await cutting) > 20);
    const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(all > 50, `${all} answers`);
    assert.ok(all - (statuses.get(200) ?? 0) <= all / 1000, JSON.stringify([...statuses]));
    await house.owner.post('/customers', { display_name: 'Still writing' }).gives(201);
  });
});
