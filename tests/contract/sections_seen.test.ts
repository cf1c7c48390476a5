// Whoever may not look into a section reads nothing of it in feeds, streams and counts (C95 C97); owners look at the workspace
// as somebody else sees it, and change nothing meanwhile.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { Live } from '../support/live.ts';

forBoth('sections of the business', (house) => {
  let serial = 0;
  async function person(permissions: string[]) {
    const role = await house.owner.post('/roles', { name: `Sections ${++serial}`, permissions, visibility: 'all' }).gives(201);
    const user = await house.owner.post('/users', { name: `Person ${serial}`, email: `sections${serial}@example.com`, role_id: role.id }).gives(201);
    const invitation = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    const token = decodeURIComponent(/#token=([^&]+)/.exec(invitation.url)![1]!);
    await house.browser.post('/session/invitation', { token, password: `a long enough secret ${serial}` }).gives(201);
    const key = (await house.owner.post('/keys', { name: 'k', user_id: user.id }).gives(201)).key;
    return { id: user.id as string, key: key as string, client: house.with({ authorization: `Bearer ${key}` }) };
  }

  it('are silent to whoever may not look into them', async () => {
    const { client, key } = await person(['customers.view', 'customers.edit']);
    const customer = await house.customer();
    const live = await Live.open(house.server.address, { authorization: `Bearer ${key}` });
    await house.owner.post('/notes', { customer_id: customer.id, body: 'not for everybody' }).gives(201);
    await house.owner.post('/tags', { name: `Quiet ${serial}` }).gives(201);
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Fair' }).gives(200);
    const feed = (await client.get(`/customers/${customer.id}/timeline`).gives(200)).data.map((event: any) => event.kind);
    assert.deepEqual(feed.filter((kind: string) => !kind.startsWith('customer.')), []);
    const events = (await client.get('/events?limit=200').gives(200)).data.map((event: any) => event.kind.split('.')[0]);
    assert.deepEqual([...new Set(events)], ['customer']);
    assert.equal('notes' in (await client.get(`/customers/${customer.id}/summary`).gives(200)).counts, false);
    await live.hears('the change', (event) => event.data.kind === 'customer.updated' && event.data.customer_id === customer.id);
    assert.ok(!live.events.some((event) => /^(note|tag)\./.test(event.data.kind)), 'heard of a note or a tag');
    live.close();
    const all = await person(['customers.view', 'notes.view', 'tags.view']);
    const told = (await all.client.get(`/customers/${customer.id}/timeline`).gives(200)).data.map((event: any) => event.kind);
    assert.ok(told.includes('note.written'));
    assert.equal((await all.client.get(`/customers/${customer.id}/summary`).gives(200)).counts.notes, 1);
  });

  it('are silent to an owner\'s key that is not for them', async () => {
    const { key } = await house.owner.post('/keys', { name: 'narrow', user_id: (await house.user('owner')).id, scopes: ['customers.view', 'users.view'] }).gives(201);
    const narrow = house.with({ authorization: `Bearer ${key}` });
    const customer = await house.customer();
    const live = await Live.open(house.server.address, { authorization: `Bearer ${key}` });
    await house.owner.post('/notes', { customer_id: customer.id, body: 'not for this program' }).gives(201);
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Fair' }).gives(200);
    const kinds = (list: any) => list.data.map((event: any) => event.kind.split('.')[0]).filter((area: string) => area === 'note');
    assert.deepEqual(kinds(await narrow.get(`/customers/${customer.id}/timeline`).gives(200)), []);
    assert.deepEqual(kinds(await narrow.get('/events?limit=200').gives(200)), []);
    assert.equal('notes' in (await narrow.get(`/customers/${customer.id}/summary`).gives(200)).counts, false);
    await live.hears('the change', (event) => event.data.kind === 'customer.updated' && event.data.customer_id === customer.id);
    assert.ok(!live.events.some((event) => event.data.kind.startsWith('note.')), 'heard of a note');
    live.close();
  });

  it('are looked at by an owner as somebody else sees them, who changes nothing', async () => {
    const { id } = await person(['customers.view']);
    const customer = await house.customer();
    const cookie = await house.signIn('owner');
    const owner = house.with({ ...house.sameOrigin, cookie, 'patron-view-as': id });
    const session = await owner.get('/session').gives(200);
    assert.deepEqual([session.user.id, session.permissions], [id, ['customers.view']]);
    await owner.get(`/customers/${customer.id}`).gives(200);
    await owner.get('/notes').refuses(403, 'not_allowed');
    await owner.get('/sessions').refuses(403, 'only_looking');
    await owner.patch(`/customers/${customer.id}`, { source: 'x' }).refuses(403, 'only_looking');
    await owner.post('/customers', { display_name: 'x' }).refuses(403, 'only_looking');
    const me = (await house.user('owner')).id;
    const rows = await house.owner.until('the look in the audit log', async () => {
      const found = (await house.owner.get('/audit?limit=200').gives(200)).data.filter((row: any) => row.kind === 'user.viewed_as' && row.subject === id);
      return found.length > 0 && found;
    });
    assert.equal(rows[0].actor.id ?? rows[0].actor, me);
    await house.owner.until('who opened the customer', async () => (await house.owner.get('/audit?limit=200').gives(200)).data.some((row: any) => row.kind === 'customer.opened' && row.subject === customer.id && (row.actor.id ?? row.actor) === me));
  });

  it('are shown so to owners alone, by their own sign-in', async () => {
    const { id } = await person(['customers.view']);
    const manager = house.with({ ...house.sameOrigin, cookie: await house.signIn('manager'), 'patron-view-as': id });
    await manager.get('/customers').refuses(403, 'not_allowed');
    await house.with({ authorization: `Bearer ${await house.key('owner')}`, 'patron-view-as': id }).get('/customers').refuses(403, 'not_allowed');
    const owner = (whom: string) => house.with({ ...house.sameOrigin, cookie, 'patron-view-as': whom });
    const cookie = await house.signIn('owner');
    await owner('usr_0000000000001').get('/customers').refuses(404);
    await owner('nonsense').get('/customers').refuses(400);
    await house.owner.patch(`/users/${id}`, { state: 'disabled' }).gives(200);
    await owner(id).get('/customers').refuses(404);
  });
});
