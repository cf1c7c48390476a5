// Whoever may not look into a section reads nothing of it in feeds, streams and counts (C95 C97); owners look at the workspace
// as somebody else sees it, and change nothing meanwhile.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { Live } from '../support/live.ts';

forBoth('sections of the business', (house) => {
  let serial = 0;
  async function person(permissions: string[], area_visibility: { area: string; visibility: string }[] = []) {
    const role = await house.owner.post('/roles', { name: `Sections ${++serial}`, permissions, visibility: 'all', area_visibility }).gives(201);
    const user = await house.owner.post('/users', { name: `Person ${serial}`, email: `sections${serial}@example.com`, role_id: role.id }).gives(201);
    const invitation = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    const token = decodeURIComponent(/#token=([^&]+)/.exec(invitation.url)![1]!);
    await house.browser.post('/session/invitation', { token, password: `a long enough secret ${serial}` }).gives(201);
    const key = (await house.owner.post('/keys', { name: 'k', user_id: user.id }).gives(201)).key;
    return { id: user.id as string, roleId: role.id as string, key: key as string, client: house.with({ authorization: `Bearer ${key}` }) };
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

  it('show what hangs on customers of fewer than the role shows', async () => {
    const permissions = ['customers.view', 'customers.edit', 'notes.view', 'notes.create', 'notes.edit', 'relations.view', 'relations.create', 'files.view', 'users.view', 'users.edit'];
    const { id, roleId, client, key } = await person(permissions, [{ area: 'notes', visibility: 'own' }, { area: 'relations', visibility: 'none' }]);
    const [mine, other] = [await house.customer({ workers: [{ user_id: id, responsible: true }] }), await house.customer()];
    const live = await Live.open(house.server.address, { authorization: `Bearer ${key}` });
    const hidden = await house.owner.post('/notes', { customer_id: other.id, body: 'of somebody else' }).gives(201);
    const shown = await house.owner.post('/notes', { customer_id: mine.id, body: 'of my own' }).gives(201);
    const relation = await house.owner.post('/relations', { from_id: mine.id, to_id: other.id, kind: 'family' }).gives(201);
    await house.owner.patch(`/customers/${other.id}`, { source: 'Fair' }).gives(200);
    await live.hears('the change', (event) => event.data.kind === 'customer.updated' && event.data.customer_id === other.id);
    assert.deepEqual(live.events.filter((event) => /^(note|relation)\./.test(event.data.kind)).map((event) => event.data.subject.id), [shown.id]);
    live.close();
    await client.get(`/notes/${shown.id}`).gives(200);
    await client.get(`/notes/${hidden.id}`).refuses(404);
    await client.patch(`/notes/${hidden.id}`, { pinned: true }).refuses(404);
    await client.get(`/relations/${relation.id}`).refuses(404);
    assert.deepEqual((await client.all(`/relations?customer_id=${mine.id}`)), []);
    await client.post('/notes', { customer_id: other.id, body: 'x' }).refuses(403, 'beyond_sight');
    await client.post('/notes', { customer_id: mine.id, body: 'x' }).gives(201);
    // Nor is told whether the same relation is there already.
    for (const to_id of [other.id, (await house.customer()).id]) await client.post('/relations', { from_id: mine.id, to_id, kind: 'family' }).refuses(403, 'beyond_sight');
    const kinds = async (of: string) => (await client.get(`/customers/${of}/timeline`).gives(200)).data.map((event: any) => event.kind.split('.')[0]);
    assert.deepEqual([...new Set(await kinds(other.id))], ['customer']);
    assert.deepEqual([...new Set(await kinds(mine.id))].sort(), ['customer', 'note']);
    assert.deepEqual(Object.keys((await client.get(`/customers/${mine.id}/summary`).gives(200)).counts), ['notes']);
    assert.deepEqual((await client.get(`/customers/${other.id}/summary`).gives(200)).counts, {});
    const viewers = (await client.get(`/customers/${other.id}/viewers?user_id=${id}`).gives(200)).data;
    assert.deepEqual([viewers[0].sees, viewers[0].hidden_areas], [true, ['notes', 'relations']]);
    assert.match(viewers[0].reason, /shows notes only of one's own customers, so none of this one\./);
    const filter = encodeURIComponent(JSON.stringify({ event: 'note.written' }));
    await client.get(`/customers?filter=${filter}`).refuses(422, 'invalid', ['?filter/event']);
    // It holds at once.
    await house.owner.patch(`/roles/${roleId}`, { area_visibility: [] }).gives(200);
    await client.get(`/notes/${hidden.id}`).gives(200);
    await client.get(`/customers?filter=${filter}`).gives(200);
    assert.deepEqual((await client.get(`/customers/${other.id}/summary`).gives(200)).counts, { notes: 1, relations: 1 });
  });

  it('find nobody by what happened in sections that one may not look into', async () => {
    const { client } = await person(['customers.view', 'segments.view', 'segments.create']);
    const filter = { event: 'note.written', in_days: 30 };
    await client.get(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`).refuses(422, 'invalid', ['?filter/event']);
    await client.post('/segments', { name: 'Written about', filter }).refuses(422, 'invalid', ['/filter/event']);
    await client.get(`/customers?filter=${encodeURIComponent('{"event":"customer.created"}')}`).gives(200);
  });

  it('are narrowed only where something hangs on customers, and by nobody who sees less', async () => {
    const permissions = ['customers.view', 'notes.view', 'roles.view', 'roles.create', 'roles.edit', 'users.view'];
    const role = (area_visibility: unknown) => ({ name: `Narrow ${++serial}`, permissions: ['customers.view'], visibility: 'all', area_visibility });
    await house.owner.post('/roles', role([{ area: 'tags', visibility: 'own' }])).refuses(422, 'invalid', ['/area_visibility/0/area']);
    await house.owner.post('/roles', role([{ area: 'notes', visibility: 'own' }, { area: 'notes', visibility: 'none' }])).refuses(422, 'invalid', ['/area_visibility/1/area']);
    await house.owner.post('/roles', role([{ area: 'notes', visibility: 'some' }])).refuses(422, 'invalid', ['/area_visibility/0/visibility']);
    const owner = (await house.owner.get('/roles?key=owner').gives(200)).data[0];
    await house.owner.patch(`/roles/${owner.id}`, { area_visibility: [{ area: 'notes', visibility: 'own' }] }).refuses(422, 'invalid', ['/area_visibility']);
    const { client } = await person(permissions, [{ area: 'notes', visibility: 'team' }]);
    await client.post('/roles', role([])).refuses(403, 'above_your_rights');
    await client.post('/roles', role([{ area: 'notes', visibility: 'team' }])).gives(201);
    await client.post('/roles', { ...role([]), visibility: 'own' }).gives(201);
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
