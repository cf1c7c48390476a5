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

  it('what was missed while the line between them was cut is made up for', async () => {
    const { id, key } = await house.owner.post('/keys', { name: 'While cut' }).gives(201);
    const client = there(key);
    await client.get('/tags').gives(200);
    const live = await Live.open(second.address, { authorization: `Bearer ${key}` });
    await stored(house, "select pg_terminate_backend(pid) from pg_stat_activity where datname=current_database() and application_name like '%listening%'");
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
        cuts += (await stored(house, "select pg_terminate_backend(pid) as cut from pg_stat_activity where datname=current_database() and pid<>pg_backend_pid()")).length;
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
