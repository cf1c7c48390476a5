// Several businesses on one installation: each sealed off from the other.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { changes, filled, samples, type Sample } from '../support/samples.ts';
import { Live } from '../support/live.ts';
import type { Client } from '../support/client.ts';

forBoth('two businesses', (house) => {
  let known: Record<string, Sample>;
  let theirs: Client;
  let theirKey: string;

  before(async () => {
    known = await samples(house);
    await house.command(['business', 'add', 'other-side', '--name', 'Other Side', '--owner-email', 'otto@example.com', '--owner-name', 'Otto Other', '--currency', 'USD', '--country', 'US', '--time-zone', 'America/New_York', '--locale', 'en', '--password-stdin'], 'nine yellow bicycles\n');
    theirKey = (await house.command(['key', 'add', '--name', 'other', '--business', 'other-side'])).out.trim();
    theirs = house.with({ authorization: `Bearer ${theirKey}` });
  });

  it('are both listed', async () => {
    const { out } = await house.command(['business', 'list']);
    assert.match(out, /Harbour Music/);
    assert.match(out, /other-side/);
    assert.equal((await theirs.get('/business').gives(200)).name, 'Other Side');
  });

  it('do not see each other’s records by any route', async () => {
    for (const [name, sample] of Object.entries(known)) {
      await theirs.get(`/${name}/${sample.id}`).refuses(404);
      if (name === 'files') continue;
      assert.ok(!(await theirs.all(`/${name}`)).some((row) => row.id === sample.id), name);
    }
    for (const route of house.document.routes.filter((route) => /\{[^}]+\}/.test(route.path) && route.path.startsWith('/api/v1'))) {
      const answer = await theirs.call(route.method, filled(route, known), changes(route) && route.method !== 'DELETE' ? {} : undefined).answer;
      assert.ok([404, 422, 415].includes(answer.status), String(answer));
    }
  });

  it('do not take each other’s ids in bodies', async () => {
    await theirs.post('/notes', { customer_id: known.customers!.id, body: 'x' }).refuses(422, 'invalid', ['/customer_id']);
    await theirs.post('/customers', { display_name: 'X', folder_id: known.folders!.id }).refuses(422, 'invalid', ['/folder_id']);
    await theirs.post('/customers', { display_name: 'X', tag_ids: [known.tags!.id] }).refuses(422, 'invalid', ['/tag_ids/0']);
    await theirs.post('/customers', { display_name: 'X', workers: [{ user_id: known.users!.id, responsible: true }] }).refuses(422, 'invalid', ['/workers/0/user_id']);
    await theirs.get(`/customers?folder_id=${known.folders!.id}`).answer.then((answer) => assert.ok(answer.status === 422 || answer.json.total === 0));
  });

  it('do not hear, find or export each other', async () => {
    const live = await Live.open(house.server.address, { authorization: `Bearer ${theirKey}` });
    const made = await house.customer({ display_name: 'Canary Finch', emails: [{ address: 'canary@example.com' }] });
    const own = await theirs.post('/customers', { display_name: 'Their own' }).gives(201);
    await live.hears('their own', (event) => event.data.subject?.id === own.id);
    assert.ok(!live.events.some((event) => event.data.subject?.id === made.id));
    live.close();
    assert.equal((await theirs.get('/customers?q=canary').gives(200)).total, 0);
    assert.doesNotMatch((await theirs.get('/exports/customers.csv').answers(200)).text, /Canary/);
    assert.doesNotMatch((await theirs.get('/events').answers(200)).text, new RegExp(made.id));
    assert.doesNotMatch((await house.command(['export', 'customers', '--business', 'other-side'])).out, /Canary/);
    assert.match((await house.command(['export', 'customers'])).out, /Canary/);
  });

  it('have people of their own', async () => {
    await house.browser.post('/session', { email: 'otto@example.com', password: 'nine yellow bicycles' }).refuses(401);
    const signed = await house.browser.post('/session', { email: 'otto@example.com', password: 'nine yellow bicycles', business: 'other-side' }).answers(201);
    assert.equal(signed.json.business.slug, 'other-side');
    const cookie = signed.headers['set-cookie']![0]!.split(';')[0]!;
    const otto = house.with({ ...house.sameOrigin, cookie });
    await otto.get(`/customers/${known.customers!.id}`).refuses(404);
    await otto.get('/session').gives(200);
    await house.browser.post('/session', { email: 'otto@example.com', password: 'nine yellow bicycles', business: 'nowhere' }).refuses(401);
  });

  it('end apart', async () => {
    await house.command(['business', 'remove', 'other-side', '--yes']);
    await house.owner.get('/customers').gives(200);
    await theirs.get('/customers').refuses(401);
  });
});
