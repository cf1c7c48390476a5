// The audit log tells of every change and of every refusal: who, what, which request, which fields – never their values.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer, Client, Json } from '../support/client.ts';
import { stored } from '../support/database.ts';
import type { Route } from '../support/document.ts';
import { forBoth, people } from '../support/house.ts';
import { codeOf } from '../support/phone.ts';
import { portrait } from '../support/picture.ts';
import { changes, collectionOf, filled, samples, type Sample } from '../support/samples.ts';

/** Whoever signs in is nobody yet, and a cookie is kept nowhere; a browser's report changes nothing. */
const keyless = /^\/api\/v1\/(session|session\/(invitation|reset|second_step|passkey|passkey\/challenge|openid|openid\/answer|identities)|setup|csp-reports)$/;

forBoth('the audit log', (house) => {
  let known: Record<string, Sample>;
  let routes: Route[];
  before(async () => {
    known = await samples(house);
    routes = house.document.routes.filter(changes);
  });

  const rows = (query: string) => stored(house, `select actor_kind, actor, route, kind, subject, request, address, outcome, fields from audit where ${query} order by id`);
  const lastId = async () => (await stored(house, 'select cast(coalesce(max(id),0) as text) as id from audit'))[0]!.id!;

  /** What was written since, waiting for it: a refusal is noted behind its answer. */
  const since = (id: string, route: Route) => house.owner.until(`a row of ${route.method} ${route.path}`, async () => {
    const found = await rows(`id>${id} and route='${route.method} ${route.path}'`);
    return found.length ? found : undefined;
  });

  /** A request that succeeds on that route, on things of its own. */
  async function succeed(route: Route, client: Client, key?: string): Promise<() => Promise<Answer>> {
    const owner = house.owner;
    const headers = key ? { 'idempotency-key': key } : {};
    const bytes = (what: string | Buffer, type: string) => ({ bytes: what, headers: { ...headers, 'content-type': type } });
    const send = (path: string, body?: Json, options = { headers }) => () => client.call(route.method, path, body, options as any).answer;
    const fresh = async (collection: string) => (await owner.post(`/${collection}`, known[collection]!.create!()).gives(201)).id as string;
    const list = async () => (await owner.post('/imports?filename=audit.csv', undefined, { bytes: `name,email\nAudit ${randomUUID()},\n`, headers: { 'content-type': 'text/csv' } }).gives(201)).id as string;
    const done = async () => {
      const id = await list();
      await owner.post(`/imports/${id}/run`, {}).gives(202);
      await owner.until('the import', async () => (await owner.get(`/imports/${id}`).gives(200)).state === 'done');
      return id;
    };
    const bulk = async () => ({ filter: { ids: [await fresh('customers')] }, action: { set_field: { field: 'source', value: 'audit' } } });
    const worked = async () => {
      const { id } = await owner.post('/bulk', await bulk()).gives(202);
      await owner.until('the job', async () => (await owner.get(`/jobs/${id}`).gives(200)).state === 'done');
      return id;
    };
    // One to a business; at the machine's own name it is asked for nothing.
    const provider = () => ({ name: 'Audit', issuer: 'https://localhost', client_id: 'audit', client_secret: 'audit' });
    const providing = async () => {
      const { data } = await owner.get('/openid_providers').gives(200);
      const id = data[0]?.id ?? (await owner.post('/openid_providers', provider()).gives(201)).id;
      await owner.patch(`/openid_providers/${id}`, provider()).gives(200);
      return id;
    };
    const collection = collectionOf(route);
    const name = `${route.method} ${route.path.replace('/api/v1', '')}`;
    const special: Record<string, () => Promise<() => Promise<Answer>>> = {
      'POST /files': async () => send('/files?filename=a.txt', undefined, bytes(randomUUID(), 'text/plain')),
      'POST /imports': async () => send('/imports?filename=a.csv', undefined, bytes(`name\n${randomUUID()}\n`, 'text/csv')),
      'PATCH /imports/{id}': async () => send(`/imports/${await list()}`, { policy: 'overwrite' }),
      'DELETE /imports/{id}': async () => send(`/imports/${await list()}`),
      'POST /imports/{id}/preview': async () => send(`/imports/${await list()}/preview`, {}),
      'POST /imports/{id}/run': async () => send(`/imports/${await list()}/run`, {}),
      'POST /imports/{id}/stop': async () => send(`/imports/${await list()}/stop`, {}),
      'POST /imports/{id}/undo': async () => send(`/imports/${await done()}/undo`, {}),
      'PUT /customers/{id}/photo': async () => send(`/customers/${await fresh('customers')}/photo`, undefined, bytes(portrait(), 'image/png')),
      'DELETE /customers/{id}/photo': async () => {
        const id = await fresh('customers');
        await owner.put(`/customers/${id}/photo`, undefined, { bytes: portrait(), headers: { 'content-type': 'image/png' } }).gives(200);
        return send(`/customers/${id}/photo`);
      },
      'DELETE /files/{id}': async () => send(`/files/${(await owner.post('/files?filename=b.txt', undefined, { bytes: 'b', headers: { 'content-type': 'text/plain' } }).gives(201)).id}`),
      'POST /customers/{id}/restoration': async () => {
        const id = await fresh('customers');
        await owner.delete(`/customers/${id}`).answers(204);
        return send(`/customers/${id}/restoration`, {});
      },
      'POST /notes/{id}/restoration': async () => {
        const id = await fresh('notes');
        await owner.delete(`/notes/${id}`).answers(204);
        return send(`/notes/${id}/restoration`, {});
      },
      'POST /customers/{id}/undo': async () => {
        const id = await fresh('customers');
        await owner.patch(`/customers/${id}`, { source: `audit ${randomUUID()}` }).gives(200);
        const { position } = (await owner.get(`/customers/${id}/timeline?limit=1`).gives(200)).data[0];
        return send(`/customers/${id}/undo`, { position });
      },
      'POST /customers/{id}/seen': async () => send(`/customers/${await fresh('customers')}/seen`, {}),
      'PUT /customers/{id}/presence': async () => send(`/customers/${await fresh('customers')}/presence`, { field: null }),
      'DELETE /customers/{id}/presence': async () => send(`/customers/${await fresh('customers')}/presence`),
      'POST /relations': async () => send('/relations', { from_id: await fresh('customers'), to_id: await fresh('customers'), kind: 'family' }),
      'PATCH /relations/{id}': async () => send(`/relations/${(await owner.post('/relations', { from_id: await fresh('customers'), to_id: await fresh('customers'), kind: 'family' }).gives(201)).id}`, { note: 'Changed' }),
      'DELETE /relations/{id}': async () => send(`/relations/${(await owner.post('/relations', { from_id: await fresh('customers'), to_id: await fresh('customers'), kind: 'family' }).gives(201)).id}`),
      'POST /users/{id}/invitation': async () => send(`/users/${await fresh('users')}/invitation`, {}),
      'POST /users/{id}/invitation/mail': async () => send(`/users/${await fresh('users')}/invitation/mail`),
      'DELETE /users/{id}/second_factor': async () => {
        const id = await fresh('users');
        await stored(house, `update users set second_factor=1 where email='${(await owner.get(`/users/${id}`).gives(200)).email}'`);
        return send(`/users/${id}/second_factor`);
      },
      'DELETE /users/{id}/identities': async () => {
        const id = await fresh('users');
        await stored(house, `insert into identities (id,issuer,created_at,last_used_at,subject,user_id) select max(id)+1,'https://id.example.com',0,0,'${id}',max(id) from users`);
        return send(`/users/${id}/identities`);
      },
      'POST /openid_providers': async () => {
        for (const one of (await owner.get('/openid_providers').gives(200)).data) await owner.delete(`/openid_providers/${one.id}`).answers(204);
        return send('/openid_providers', provider());
      },
      'PATCH /openid_providers/{id}': async () => send(`/openid_providers/${await providing()}`, { name: `Renamed ${randomUUID().slice(0, 8)}` }),
      'DELETE /openid_providers/{id}': async () => send(`/openid_providers/${await providing()}`),
      'POST /openid_providers/{id}/check': async () => send(`/openid_providers/${await providing()}/check`),
      'POST /bulk': async () => send('/bulk', await bulk()),
      'POST /bulk/preview': async () => send('/bulk/preview', await bulk()),
      'POST /jobs/{id}/undo': async () => send(`/jobs/${await worked()}/undo`, {}),
      'PATCH /business': async () => send('/business', { name: `Harbour ${randomUUID().slice(0, 8)}` }),
      'PATCH /tags/{id}': async () => send(`/tags/${await fresh('tags')}`, { name: `Renamed ${randomUUID()}` }),
      'PATCH /segments/{id}': async () => send(`/segments/${await fresh('segments')}`, { name: `Renamed ${randomUUID()}` }),
      'PATCH /keys/{id}': async () => send(`/keys/${await fresh('keys')}`, { name: 'Renamed' }),
    };
    const make = special[name] ?? (!collection || !known[collection]?.create ? undefined
      : route.method === 'POST' ? async () => send(`/${collection}`, known[collection]!.create!())
      : route.method === 'PATCH' ? async () => send(`/${collection}/${await fresh(collection)}`, known[collection]!.change)
      : route.method === 'DELETE' ? async () => send(`/${collection}/${await fresh(collection)}`) : undefined);
    assert.ok(make, `say how ${name} succeeds`);
    return make();
  }

  /** Routes of one's own sign-in, which need a browser; told below. */
  const running = /\/jobs\/\{id\}\/stop$/; // a job cannot be held at work at will: bulk.test.ts stops one
  const bySession = /^\/api\/v1\/(session(\/.*)?|sessions\/\{[^}]+\}|setup|csp-reports)$/;

  it('tells of every change, on every route', async () => {
    let told = 0;
    for (const route of routes.filter((route) => !bySession.test(route.path) && !running.test(route.path) && !/\/presence$/.test(route.path))) {
      const send = await succeed(route, house.owner);
      const mark = await lastId();
      const answer = await send();
      assert.ok(answer.status >= 200 && answer.status < 300, String(answer));
      const found = await rows(`id>${mark} and route='${route.method} ${route.path}'`);
      assert.ok(found.length >= 1, `${answer}: no row`);
      for (const row of found) {
        assert.match(row.actor!, /^key_/, JSON.stringify(row));
        assert.match(row.request!, /^req_/, JSON.stringify(row));
        assert.equal(Number(row.outcome), answer.status === 200 && /\/(imports|jobs)\/\{id\}\/undo$/.test(route.path) ? 202 : answer.status, JSON.stringify(row));
        assert.ok(Array.isArray(JSON.parse(row.fields!)));
        if (route.path.includes('{')) assert.match(row.subject!, /^[a-z]{3}_/, JSON.stringify(row));
      }
      told++;
    }
    assert.ok(told >= 40, `${told} routes`);
  });

  it('names fields, never what is in them', async () => {
    const made = await house.customer({ display_name: 'Canary Person' });
    const mark = await lastId();
    await house.owner.patch(`/customers/${made.id}`, { display_name: 'Canary Renamed', emails: [{ address: 'canary@example.com' }], source: 'canary-source' }).gives(200);
    const [row] = await rows(`id>${mark} and subject='${made.id}'`);
    assert.deepEqual(JSON.parse(row!.fields!).sort(), ['display_name', 'emails', 'source']);
    assert.doesNotMatch(JSON.stringify(await rows('id>0')), /canary/i);
  });

  it('tells of every refusal, on every route, with who it was', async () => {
    const reader = house.as('read_only');
    await house.key('read_only');
    const key = (await house.owner.all('/keys')).find((one) => one.name === 'Rita Reader').id;
    for (const route of routes.filter((route) => !bySession.test(route.path) && !/\/(seen|presence)$/.test(route.path))) {
      const mark = await lastId();
      const answer = await reader.call(route.method, filled(route, known), {}).answer;
      assert.equal(answer.status, 403, String(answer));
      const found = await since(mark, route);
      assert.deepEqual([found[0]!.actor, found[0]!.outcome, found.length], [key, '403', 1], String(answer));
    }
  });

  it('tells of refusals that a handler decides, and of what was not there or not right', async () => {
    const owner = await house.user('owner');
    const staff = house.as('staff');
    const cases: [Client, string, string, Json, number][] = [
      [staff, 'PATCH', `/users/${owner.id}`, { state: 'disabled' }, 403],
      [house.as('manager'), 'POST', '/keys', { name: 'Above', user_id: owner.id }, 403],
      [staff, 'DELETE', `/customers/cus_0000000000001`, undefined, 404],
      [staff, 'PATCH', `/customers/${known.customers!.id}`, { kind: 'stone' }, 422],
      [house.owner, 'POST', '/tags', { name: (await house.owner.get(`/tags/${known.tags!.id}`).gives(200)).name }, 409],
    ];
    for (const [client, method, path, body, status] of cases) {
      const mark = await lastId();
      const answer = await client.call(method, path, body).answer;
      assert.equal(answer.status, status, String(answer));
      await house.owner.until(`a row of ${answer}`, async () => (await rows(`id>${mark} and outcome=${status}`)).length === 1);
    }
    const other = await house.customer();
    const mark = await lastId();
    await house.owner.patch(`/customers/${other.id}`, { source: 'x' }, { headers: { 'if-match': '"77"' } }).refuses(412);
    await house.owner.until('the row of a 412', async () => (await rows(`id>${mark} and outcome=412 and subject='${other.id}'`)).length === 1);
  });

  it('tells of signing in and out, by people and programs', async () => {
    const mark = await lastId();
    const browser = await house.signedIn();
    await browser.delete('/session').answers(204);
    const kinds = (await rows(`id>${mark}`)).map((row) => row.kind);
    assert.ok(kinds.includes('session.started') && kinds.includes('session.ended'), kinds.join(', '));
    await house.browser.post('/session', { email: 'olive@example.com', password: 'not the password' }).refuses(401);
    assert.ok((await rows(`id>${mark} and outcome=401`)).length === 1);
  });

  it('tells of every change of one’s own sign-in', async () => {
    const staff = await house.signedIn('staff');
    const told = async (method: string, path: string, body: Json | undefined, status: number, client: Client = staff) => {
      const mark = await lastId();
      const answer = await client.call(method, path, body).answer;
      assert.equal(answer.status, status, String(answer));
      await house.owner.until(`a row of ${answer}`, async () => (await rows(`id>${mark} and route='${method} /api/v1${path}' and outcome=${status}`)).length >= 1);
      return answer.json;
    };
    await told('POST', '/session/proof', { password: people.staff.password }, 200);
    const { secret } = await told('POST', '/session/second_factor', undefined, 201);
    await told('POST', '/session/second_factor/confirmation', { code: '1' }, 422);
    const { recovery_codes } = await told('POST', '/session/second_factor/confirmation', { code: await codeOf(secret) }, 200);
    await told('POST', '/session/second_factor/recovery_codes', undefined, 201);
    await told('DELETE', '/session/second_factor', undefined, 204);
    await told('POST', '/session/reset', { email: people.staff.email }, 202, house.browser);
    assert.doesNotMatch(JSON.stringify(await rows('id>0')), new RegExp([secret, ...recovery_codes].join('|')));
  });

  it('tells of whoever was refused at the door', async () => {
    const business = /^p[a-z]_(....)/.exec(house.ownerKey)![1];
    const answer = { id: 'AA', client_data: 'AA', authenticator_data: 'AA', signature: 'AA' };
    for (const [path, body, status] of [
      ['/session/invitation', { token: `pl_${business}${'a'.repeat(52)}`, password: 'seven white horses' }, 422],
      ['/session/invitation', { token: 'nonsense', password: 'seven white horses' }, 422],
      ['/session/second_step', { token: `pl_${business}${'a'.repeat(52)}`, code: '123456' }, 401],
      ['/session/second_step', { token: 'nonsense', code: '123456' }, 401],
      ['/session/passkey', { passkey: answer }, 401],
    ] as const) {
      const mark = await lastId();
      await house.browser.post(path, body).answers(status);
      assert.equal((await rows(`id>${mark} and kind='session.refused' and outcome=401 and route='POST /api/v1${path}'`)).length, 1, path);
    }
  });

  it('tells of a request from another site, with whose cookie it came', async () => {
    const cookie = await house.signIn();
    const mark = await lastId();
    await house.with({ cookie, origin: 'https://evil.example' }).post('/tags', { name: 'forged' }).refuses(403, 'cross_site');
    const found = await house.owner.until('the row', async () => {
      const all = await rows(`id>${mark} and outcome=403`);
      return all.length ? all : undefined;
    });
    assert.match(found[0]!.actor!, /^usr_/);
  });

  it('keeps every changing route under an Idempotency-Key, done once', async () => {
    for (const route of routes.filter((route) => !bySession.test(route.path) && !running.test(route.path))) {
      assert.ok((route.operation.parameters ?? []).some((one: Json) => one.name === 'Idempotency-Key'), `${route.method} ${route.path} takes one`);
      const key = randomUUID();
      const send = await succeed(route, house.owner, key);
      const first = await send();
      assert.ok(first.status >= 200 && first.status < 300, String(first));
      const mark = await lastId();
      const again = await send();
      assert.equal(again.status, first.status, String(again));
      assert.equal(again.header('idempotent-replayed'), 'true', String(again));
      if (!/"(key|url)":/.test(first.text)) assert.equal(again.text, first.text);
      assert.deepEqual(await rows(`id>${mark} and route='${route.method} ${route.path}'`), [], `${again}: done once`);
    }
    for (const route of routes.filter((route) => keyless.test(route.path) && route.method === 'POST'))
      assert.ok(!(route.operation.parameters ?? []).some((one: Json) => one.name === 'Idempotency-Key'), route.path);
  });
});
