// Who may do what, on every route of the document: nobody without signing in, no change for those who may only read.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth, roles } from '../support/house.ts';
import { changes, collectionOf, filled, samples, type Sample } from '../support/samples.ts';

const open = /^\/(healthz|readyz|metrics|api\/(openapi\.json|docs)|api\/v1\/(setup|session|session\/(invitation|reset|second_step|passkey|passkey\/challenge|ways|openid|openid\/answer)|csp-reports))$/;
const myOwn = /^\/api\/v1\/(sessions?(\/.*)?|setup|csp-reports|customers\/\{[^}]+\}\/(seen|presence))$/;

forBoth('rights', (house) => {
  let known: Record<string, Sample>;
  before(async () => (known = await samples(house)));

  const body = (method: string, collection: string | undefined) =>
    method === 'DELETE' ? undefined : method === 'POST' && collection ? (known[collection]?.create?.() ?? {}) : collection ? (known[collection]?.change ?? {}) : {};

  it('every route asks who is there', async () => {
    for (const route of house.document.routes.filter((route) => !open.test(route.path))) {
      const answer = await house.stranger.call(route.method, filled(route, known), changes(route) ? body(route.method, collectionOf(route)) : undefined).answer;
      assert.ok(answer.status === 401 || (answer.status === 403 && changes(route)), String(answer));
    }
  });

  it('what the commands say over the socket is not to be had over the network', async () => {
    for (const client of [house.stranger, house.owner])
      for (const path of ['/local/businesses', '/local/keys', '/local/users', '/local/demo', '/local/check'])
        for (const method of ['GET', 'POST'])
          assert.ok([401, 403, 404, 405].includes((await client.call(method, path, method === 'POST' ? {} : undefined).answer).status), `${method} ${path}`);
  });

  it('read-only reads, and changes nothing on any route', async () => {
    const reader = house.as('read_only');
    await reader.get('/customers').gives(200);
    await reader.get(`/customers/${known.customers!.id}`).gives(200);
    let refused = 0;
    for (const route of house.document.routes.filter((route) => changes(route) && !myOwn.test(route.path))) {
      const answer = await reader.call(route.method, filled(route, known), body(route.method, collectionOf(route))).answer;
      assert.ok(answer.status === 403, `${route.method} ${route.path}: ${answer}`);
      refused++;
    }
    assert.ok(refused >= 25, `${refused} routes`);
    for (const [name, sample] of Object.entries(known)) if (name !== 'keys') await house.owner.get(`/${name}/${sample.id}`).gives(200);
  });

  it('read-only by a signed-in browser is refused as well', async () => {
    const reader = await house.signedIn('read_only');
    await reader.post('/customers', { display_name: 'X' }).refuses(403);
    await reader.get('/customers').gives(200);
  });

  it('staff work with customers, not with the house', async () => {
    const staff = house.as('staff');
    const made = await staff.post('/customers', { display_name: 'By staff' }).gives(201);
    await staff.patch(`/customers/${made.id}`, { source: 'desk' }).gives(200);
    await staff.post('/notes', { customer_id: made.id, body: 'Hello' }).gives(201);
    await house.lastHappened(made.id, 'note.written', /Stan Staff/);
    const owner = await house.user('owner');
    await staff.post('/users', { name: 'X', email: 'x@example.com', role_id: owner.role_id }).refuses(403);
    await staff.patch(`/users/${owner.id}`, { state: 'disabled' }).refuses(403);
    await staff.patch('/business', { name: 'Mine now' }).refuses(403);
  });

  it('nobody gives away more than they have', async () => {
    const staffUser = await house.user('staff');
    const ownerUser = await house.user('owner');
    await house.as('staff').patch(`/users/${staffUser.id}`, { role_id: ownerUser.role_id }).refuses(403);
    await house.as('staff').post('/keys', { name: 'climb', user_id: ownerUser.id }).answer.then((answer) => assert.ok([403, 422].includes(answer.status), String(answer)));
    await house.as('manager').patch(`/users/${staffUser.id}`, { role_id: ownerUser.role_id }).answer.then((answer) => assert.ok([403, 422].includes(answer.status), String(answer)));
  });

  it('a key may do no more than its scopes', async () => {
    const { key } = await house.owner.post('/keys', { name: 'reader', scopes: ['customers.view'] }).gives(201);
    const narrow = house.with({ authorization: `Bearer ${key}` });
    await narrow.get('/customers').gives(200);
    await narrow.post('/customers', { display_name: 'X' }).refuses(403);
    await narrow.get('/users').refuses(403);
    await narrow.post('/keys', { name: 'wider' }).refuses(403);
    const session = await narrow.get('/session').gives(200);
    assert.deepEqual([session.kind, session.permissions], ['key', ['customers.view']]);
    await house.owner.post('/keys', { name: 'odd', scopes: ['customers.view', 'kitchen.burn'] }).refuses(422, 'invalid', ['/scopes/1']);
  });

  it('a key from the command line has its scopes and its user', async () => {
    const printed = await house.command(['key', 'add', '--name', 'line', '--user', 'stan@example.com', '--scopes', 'customers.view,notes.view']);
    assert.match(printed.out, /^pk_\S+\n$/);
    const narrow = house.with({ authorization: `Bearer ${printed.out.trim()}` });
    assert.equal((await narrow.get('/session').gives(200)).user.name, 'Stan Staff');
    await narrow.post('/customers', { display_name: 'X' }).refuses(403);
  });

  it('a key that is revoked is dead at once, and is never shown again', async () => {
    const made = await house.owner.post('/keys', { name: 'short-lived' }).gives(201);
    const client = house.with({ authorization: `Bearer ${made.key}` });
    await client.get('/customers').gives(200);
    const listed = (await house.owner.all('/keys')).find((one) => one.id === made.id);
    assert.equal(listed.key, undefined);
    assert.ok(listed.hint.endsWith(made.key.slice(-4)));
    await house.owner.delete(`/keys/${made.id}`).answers(204);
    await client.get('/customers').refuses(401);
  });

  it('a key that is in use ends at its hour', async () => {
    const made = await house.owner.post('/keys', { name: 'soon over', expires_at: new Date(Date.now() + 2_000).toISOString() }).gives(201);
    const client = house.with({ authorization: `Bearer ${made.key}` });
    await client.get('/customers').gives(200);
    await client.until('the key has expired', async () => (await client.get('/customers').answer).status === 401);
  });

  it('the last owner stays', async () => {
    const owner = await house.user('owner');
    const staff = await house.user('staff');
    await house.owner.delete(`/users/${owner.id}`).refuses(409);
    await house.owner.patch(`/users/${owner.id}`, { state: 'disabled' }).refuses(409);
    await house.owner.patch(`/users/${owner.id}`, { role_id: staff.role_id }).refuses(409);
  });

  it('what each role may is listed and agrees with what it is told', async () => {
    const listed = await house.owner.all('/roles');
    for (const role of roles) {
      const session = await house.as(role).get('/session').gives(200);
      const record = listed.find((one) => one.key === role);
      assert.deepEqual([...session.permissions].sort(), [...record.permissions].sort(), role);
      assert.equal(session.role.id, record.id);
    }
    const reader = listed.find((one) => one.key === 'read_only');
    for (const permission of reader.permissions) assert.match(permission, /\.view$/);
  });
});
