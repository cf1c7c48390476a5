// Sign-in, cookies, cross-site requests, headers: what the browser is told and what is refused.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth, people } from '../support/house.ts';
import { Client, type Answer, type Headers } from '../support/client.ts';
import { changes, collectionOf, filled, samples, type Sample } from '../support/samples.ts';

forBoth('signing in', (house) => {
  it('sets a cookie that scripts and other sites do not get', async () => {
    const answer = await house.browser.post('/session', { email: people.owner.email, password: people.owner.password }).answers(201);
    const [cookie] = answer.headers['set-cookie']!;
    assert.match(cookie!, /^patron=[\w-]{22,}/, 'plain HTTP on loopback: patron');
    for (const part of [/; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i]) assert.match(cookie!, part);
    assert.doesNotMatch(cookie!, /Domain=/i);
    assert.equal(answer.json.user.email, people.owner.email);
    assert.equal(answer.json.role.key, 'owner');
    assert.ok(answer.json.permissions.includes('customers.view'));
    assert.equal(answer.json.kind, 'user');
  });

  it('makes a new id each time, even when a cookie comes along', async () => {
    const first = await house.signIn();
    const { email, password } = people.owner;
    const answer = await house.with({ ...house.sameOrigin, cookie: first }).post('/session', { email, password }).answers(201);
    assert.notEqual(answer.headers['set-cookie']![0]!.split(';')[0], first);
    const fixed = await house.with({ ...house.sameOrigin, cookie: 'patron=chosen-by-someone-else-aaaaaaaaaaaa' }).post('/session', { email, password }).answers(201);
    assert.doesNotMatch(fixed.headers['set-cookie']![0]!, /chosen-by/);
  });

  it('does not tell a wrong password from an unknown address', async () => {
    const wrong = await house.browser.post('/session', { email: people.owner.email, password: 'not the password' }).refuses(401, 'sign_in_failed');
    const unknown = await house.browser.post('/session', { email: 'nobody@example.com', password: 'not the password' }).refuses(401, 'sign_in_failed');
    assert.deepEqual({ ...wrong, instance: 0 }, { ...unknown, instance: 0 });
  });

  it('ends on the server when signed out', async () => {
    const cookie = await house.signIn();
    const client = house.with({ ...house.sameOrigin, cookie });
    await client.get('/session').gives(200);
    const out = await client.delete('/session').answers(204);
    assert.match(out.header('clear-site-data') ?? '', /storage/);
    assert.match(out.headers['set-cookie']![0]!, /^patron=;.*Max-Age=0/, 'the cookie that knows the device stays');
    await house.with({ cookie }).get('/session').refuses(401);
    await house.with({ cookie }).get('/customers').refuses(401);
  });

  it('shows my devices and lets me end one', async () => {
    const one = await house.signedIn();
    const two = await house.signedIn();
    const sessions = (await one.get('/sessions').gives(200)).data;
    assert.equal(sessions.filter((session: any) => session.current).length, 1);
    const mine = (await two.get('/sessions').gives(200)).data.find((session: any) => session.current);
    await one.delete(`/sessions/${mine.id}`).answers(204);
    await two.get('/session').refuses(401);
    await one.get('/session').gives(200);
  });

  it('changes the password, ending the other sessions', async () => {
    const staff = await house.signedIn('staff');
    const elsewhere = await house.signedIn('staff');
    await staff.post('/session/password', { current: 'wrong', password: 'a new and long one' }).answer.then((answer) => assert.ok([401, 403, 422].includes(answer.status)));
    for (const weak of ['short', 'password1234', '            ', 'x'.repeat(2000)]) await staff.post('/session/password', { current: people.staff.password, password: weak }).refuses(422);
    await staff.post('/session/password', { current: people.staff.password, password: 'a new and long one' }).answers(204);
    await elsewhere.get('/session').refuses(401);
    await house.browser.post('/session', { email: people.staff.email, password: people.staff.password }).refuses(401);
    await house.browser.post('/session', { email: people.staff.email.toUpperCase(), password: 'a new and long one' }).gives(201);
  });

  it('is for people who may: not the disabled', async () => {
    const reader = await house.signedIn('read_only');
    const key = house.as('read_only');
    await key.get('/customers').gives(200);
    const user = await house.user('read_only');
    await house.owner.patch(`/users/${user.id}`, { state: 'disabled' }).gives(200);
    await reader.get('/customers').refuses(401);
    await key.get('/customers').refuses(401);
    await house.browser.post('/session', { email: people.read_only.email, password: people.read_only.password }).refuses(401, 'sign_in_failed');
  });

  it('is slowed down after too many wrong tries', async () => {
    await house.key('manager');
    let slowed: Answer | undefined;
    for (let tries = 0; tries < 40 && !slowed; tries++) {
      const answer = await house.browser.post('/session', { email: people.manager.email, password: `guess number ${tries}` }).answer;
      if (answer.status === 429) slowed = answer;
      else assert.equal(answer.status, 401, String(answer));
    }
    assert.ok(slowed, 'forty wrong passwords in a row');
    assert.ok(Number(slowed.header('retry-after')) > 0);
  });

  it('takes an API key in the header only, and only a whole one', async () => {
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer pk_', `Bearer ${house.ownerKey}x`, `Bearer ${house.ownerKey.slice(0, -1)}`, `Basic ${house.ownerKey}`, house.ownerKey, `Bearer ${house.ownerKey.toUpperCase()}`])
      await house.with({ authorization }).get('/customers').refuses(401);
    const inUrl = await house.stranger.get(`/customers?key=${house.ownerKey}`).answer;
    assert.ok([401, 422].includes(inUrl.status));
    const unknown = await house.stranger.get('/customers').answers(401);
    assert.ok(unknown.header('www-authenticate'));
  });

  it('invitations are used once', async () => {
    const staff = await house.user('staff');
    const user = await house.owner.post('/users', { name: 'Nina New', email: 'nina@example.com', role_id: staff.role_id }).gives(201);
    assert.equal(user.state, 'invited');
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    const token = decodeURIComponent(/#token=([^&]+)/.exec(url)![1]!);
    await house.browser.post('/session/invitation', { token: `${token}x`, password: 'quite a long one' }).answer.then((answer) => assert.ok(answer.status >= 400 && answer.status < 500));
    assert.equal((await house.browser.post('/session/invitation', { token, password: 'quite a long one' }).gives(201)).user.name, 'Nina New');
    await house.browser.post('/session/invitation', { token, password: 'quite another one' }).answer.then((answer) => assert.ok([401, 404, 409, 410, 422].includes(answer.status), String(answer)));
    assert.equal((await house.owner.get(`/users/${user.id}`).gives(200)).state, 'active');
  });
});

forBoth('a request from another site', (house) => {
  let known: Record<string, Sample>;
  let cookie: string;
  before(async () => {
    known = await samples(house);
    cookie = await house.signIn();
  });

  const variants: [string, (own: string) => Headers][] = [
    ['that says cross-site', () => ({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })],
    ['that says same-site', (own) => ({ 'sec-fetch-site': 'same-site', origin: own.replace('127.0.0.1', 'localhost') })],
    ['with a foreign origin alone', () => ({ origin: 'https://evil.example' })],
    ['with origin null', () => ({ origin: 'null' })],
    ['with another port', (own) => ({ origin: own.replace(/:\d+$/, ':1') })],
    ['with neither', () => ({})],
    ['that has our name within', (own) => ({ origin: `${own}.evil.example` })],
  ];

  it('changes nothing on any route, whatever it pretends', async () => {
    const { position } = (await house.spine()).at(-1)!;
    for (const route of house.document.routes.filter(changes))
      for (const [what, headers] of variants) {
        const client = house.with({ cookie, ...headers(house.server.address) });
        const collection = collectionOf(route);
        const body = route.method === 'POST' && collection && known[collection]?.create ? known[collection].create!() : {};
        const answer = await client.call(route.method, filled(route, known), route.method === 'DELETE' ? undefined : body).answer;
        assert.equal(answer.status, 403, `${what}: ${answer}`);
      }
    assert.deepEqual(await house.done(position), []);
    await house.with({ cookie }).get('/session').gives(200);
  });

  it('cannot send a form', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b'])
      assert.ok([403, 415].includes((await house.with({ ...house.sameOrigin, cookie }).post('/tags', undefined, { bytes: '{"name":"form"}', headers: { 'content-type': type } }).answer).status));
  });

  it('gets no permission by CORS', async () => {
    const answer = await house.with({ cookie, origin: 'https://evil.example' }).call('OPTIONS', '/customers', undefined, { headers: { 'access-control-request-method': 'POST' } }).answer;
    assert.equal(answer.header('access-control-allow-origin'), undefined);
    const read = await house.with({ cookie, origin: 'https://evil.example' }).get('/customers').answer;
    assert.equal(read.header('access-control-allow-origin'), undefined);
  });

  it('reading changes nothing', async () => {
    // That somebody took an export is noted (S71); it is the only thing that reading leaves behind.
    const { position } = (await house.spine()).at(-1)!;
    const client = house.with({ ...house.sameOrigin, cookie });
    for (const route of house.document.routes.filter((route) => route.method === 'GET' && !/live|content/.test(route.path))) {
      await client.call('GET', filled(route, known)).answer;
      await client.call('HEAD', filled(route, known)).answer;
    }
    assert.deepEqual((await house.done(position)).filter((event) => event.kind !== 'export.made'), []);
  });
});

forBoth('headers', (house) => {
  let known: Record<string, Sample>;
  before(async () => (known = await samples(house)));

  function guarded(answer: Answer, page: boolean): void {
    const header = (name: string) => answer.header(name) ?? '';
    assert.equal(header('x-content-type-options'), 'nosniff', String(answer));
    assert.match(header('referrer-policy'), /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/, String(answer));
    assert.equal(header('cross-origin-opener-policy'), 'same-origin', String(answer));
    assert.match(header('cross-origin-resource-policy'), /^same-(origin|site)$/, String(answer));
    const policy = header('content-security-policy');
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) assert.ok(policy.includes(part), `${answer.asked}: ${policy}`);
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/);
    if (page) assert.match(policy, /script-src 'self' 'nonce-[\w+/=-]{16,}'/);
    for (const name of ['server', 'x-powered-by', 'via']) assert.doesNotMatch(header(name), /\d/, 'no version banner');
  }

  it('guard every route’s answers, and refusals too', async () => {
    for (const route of house.document.routes.filter((route) => !/\/live$/.test(route.path))) {
      const answer = await house.owner.call(route.method, filled(route, known), changes(route) && route.method !== 'DELETE' ? {} : undefined).answer;
      guarded(answer, false);
      if (route.path.startsWith('/api/v1')) assert.match(answer.header('cache-control') ?? '', /no-store/, String(answer));
      guarded(await house.stranger.call(route.method, filled(route, known)).answer, false);
    }
    for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/no-such-page', '/api/nothing', '/assets/nothing.js']) guarded(await house.stranger.get(path).answer, false);
  });

  it('of the page carry a nonce that is new each time and stands in it', async () => {
    const nonces = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const page = await house.stranger.get('/').answers(200);
      guarded(page, true);
      const nonce = /'nonce-([^']+)'/.exec(page.header('content-security-policy')!)![1]!;
      assert.ok(page.text.includes(nonce), 'the page carries its nonce');
      assert.doesNotMatch(page.text, /__CSP_NONCE__/);
      nonces.add(nonce);
    }
    assert.equal(nonces.size, 3);
  });

  it('serve the workspace’s files for ever, packed, by their right type', async () => {
    const page = await house.stranger.get('/').answers(200);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1];
    assert.ok(script, 'the page loads a script');
    const packed = await house.stranger.get(script, { headers: { 'accept-encoding': 'br, gzip' } }).answers(200);
    assert.match(packed.header('content-encoding') ?? '', /^(br|gzip)$/);
    assert.match(packed.header('cache-control') ?? '', /immutable/);
    const icon = await house.stranger.get('/icon.svg').answer;
    assert.match(icon.header('cache-control') ?? '', /max-age=86400/, 'browsers ask for it at each turn of a page');
    assert.match(page.header('cache-control') ?? '', /no-store/);
    assert.match(packed.header('content-type') ?? '', /javascript/);
    assert.match(packed.header('vary') ?? '', /accept-encoding/i);
    const plain = await house.stranger.get(script).answers(200);
    assert.equal(plain.header('content-encoding'), undefined);
    for (const path of ['/assets/../../../etc/passwd', '/assets/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '//etc/passwd'])
      assert.doesNotMatch((await house.with({}).call('GET', path).answer).text, /root:/);
    assert.match((await new Client(house.server.address, {}).call('GET', '/?customer=x').answers(200)).text, /<html/i);
  });
});
