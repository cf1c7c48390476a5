// Signing in by an OpenID provider: a certified one, and one that lies: X01, S28.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { createServer as createTls } from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../support/client.ts';
import { rows, stored } from '../support/database.ts';
import { forBoth, people, type House } from '../support/house.ts';
import { Browser, client, MadeUp, serveCertified, Station, walk, type Account, type Bent } from '../support/openid.ts';
import { codeOf, forgetCodes } from '../support/phone.ts';
import { messages, messageTo } from '../support/post.ts';
import { freshFolder } from '../support/program.ts';

const certified = await Station.open();
const lying = await Station.open();
const allowed = (...stations: Station[]) => ({ serve: stations.flatMap((station) => ['--allow-outbound', station.place]) });

const setUp = (house: House, station: Station, more: Json = {}) =>
  house.owner.post('/openid_providers', { name: 'Harbour ID', issuer: station.issuer, client_id: client.id, client_secret: client.secret, ...more }).gives(201);

const accounts: Record<string, Account> = {
  stan: { sub: 'sub-of-stan', email: 'Stan@Example.com', email_verified: true },
  // Whoever has the address now is somebody else.
  stanTheSecond: { sub: 'sub-of-another-stan', email: people.staff.email, email_verified: true },
  ines: { sub: 'sub-of-ines', email: 'ines@example.com', email_verified: true },
  mona: { sub: 'sub-of-mona', email: people.manager.email, email_verified: true },
  unverified: { sub: 'sub-of-nobody-yet', email: people.read_only.email, email_verified: false },
  stranger: { sub: 'sub-of-a-stranger', email: 'stranger@example.com', email_verified: true },
  without: { sub: 'sub-without-address' },
};

forBoth('signing in at a certified provider', (house) => {
  let provider: Json;
  before(() => serveCertified(certified, accounts, `${house.server.address}/sign-in/openid`));

  const enter = async (account: string, browser = new Browser(house)) => browser.end(await walk(await browser.begin(), account));
  const inside = (browser: Browser) => house.with(browser.headers);

  it('is set up by an owner, who shows that it is them; the secret is told to nobody', async () => {
    const { openid } = await house.stranger.get('/session/ways').gives(200);
    assert.equal(openid, null);
    await house.browser.post('/session/openid', {}).refuses(404);
    const body = { name: 'Harbour ID', issuer: certified.issuer, client_id: client.id, client_secret: client.secret };
    for (const role of ['manager', 'staff', 'read_only'] as const) await house.as(role).post('/openid_providers', body).refuses(403, 'not_allowed');
    const owner = await house.signedIn();
    await stored(house, 'update sessions set proven_at=0');
    await owner.patch('/business', { name: 'Harbour Music Again' }).gives(200);
    await owner.post('/openid_providers', body).refuses(403, 'step_up_needed');
    await house.owner.post('/openid_providers', { ...body, client_secret: undefined }).refuses(422, 'invalid', ['/client_secret']);
    provider = await house.owner.post('/openid_providers', body).gives(201);
    await house.owner.post('/openid_providers', body).refuses(409, 'too_many');
    const changed = await house.owner.patch(`/openid_providers/${provider.id}`, { name: 'Harbour Sign-in' }).gives(200);
    assert.deepEqual([changed.name, changed.version], ['Harbour Sign-in', 2]);
    assert.deepEqual((await house.owner.get('/openid_providers').gives(200)).data, [changed]);
    assert.doesNotMatch(JSON.stringify([provider, changed, await house.spine(), await rows(house, 'select * from openid_secrets'), await rows(house, 'select * from audit')]), new RegExp(client.secret));
    assert.deepEqual(await house.stranger.get('/session/ways').gives(200), { openid: 'Harbour Sign-in' });
  });

  it('is changed by nobody who may do less than an owner', async () => {
    // Whoever says where people sign in can be anybody.
    const role = await house.owner.post('/roles', { name: 'Front office', permissions: ['business.view', 'business.edit'], visibility: 'all' }).gives(201);
    const user = await house.owner.post('/users', { name: 'Fred Front', email: 'fred@example.com', role_id: role.id }).gives(201);
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    await house.browser.post('/session/invitation', { token: decodeURIComponent(/#token=([^&]+)/.exec(url)![1]!), password: 'eight amber lanterns' }).gives(201);
    const keys = [{ name: 'Fred', user_id: user.id }, { name: 'Narrow', scopes: ['business.view', 'business.edit'] }];
    for (const key of keys) {
      const client = house.with({ authorization: `Bearer ${(await house.owner.post('/keys', key).gives(201)).key}` });
      await client.get('/openid_providers').gives(200);
      await client.patch(`/openid_providers/${provider.id}`, { name: 'Mine' }).refuses(403, 'above_your_rights');
      await client.post(`/openid_providers/${provider.id}/check`).refuses(403, 'above_your_rights');
      await client.delete(`/openid_providers/${provider.id}`).refuses(403, 'above_your_rights');
    }
  });

  it('can be checked, and says in words what is wrong', async () => {
    const check = () => house.owner.post(`/openid_providers/${provider.id}/check`).gives(200);
    const change = (body: Json) => house.owner.patch(`/openid_providers/${provider.id}`, body).gives(200);
    assert.deepEqual(await check(), { usable: true, faults: [] });
    await change({ client_secret: 'another one' });
    assert.match((await check()).faults[0], /client id with this secret/);
    await change({ issuer: `${certified.issuer}/elsewhere`, client_secret: client.secret });
    assert.match((await check()).faults[0], /status 404; is the issuer right/);
    await change({ issuer: certified.issuer, client_secret: client.secret });
    assert.equal((await check()).usable, true);
  });

  it('links the account to whoever has its address, and tells them', async () => {
    const staff = await house.user('staff');
    const sent = messages(house).length;
    const position = (await house.spine()).at(-1)!.position;
    const browser = new Browser(house);
    const answer = await enter('stan', browser);
    assert.equal(answer.status, 201, String(answer));
    assert.equal(answer.json.user.id, staff.id);
    assert.deepEqual((await house.spine(position)).map((event) => [event.kind, event.actor.id]), [['identity.linked', staff.id], ['session.started', staff.id]]);
    assert.match((await messageTo(house, people.staff.email, sent)).text, /account at the sign-in service/);
    assert.equal((await inside(browser).get('/session').gives(200)).user.email, people.staff.email);
    const { data } = await inside(browser).get('/session/identities').gives(200);
    assert.deepEqual(data.map((one: Json) => [one.name, one.issuer]), [['Harbour Sign-in', certified.issuer]]);
    assert.ok(!browser.jar.has('patron-openid'), 'the cookie of the way is gone');
    // From then on nobody has to be told, and nothing has to be linked.
    const before = messages(house).length;
    const again = await enter('stan');
    assert.equal(again.status, 201, String(again));
    assert.equal(messages(house).length, before);
  });

  it('goes by the account from then on, not by its address', async () => {
    const moved = accounts.stan!.email;
    accounts.stan!.email = 'moved@example.com';
    assert.equal((await enter('stan')).status, 201);
    accounts.stan!.email = moved;
    const other = await enter('stanTheSecond');
    assert.equal(other.json.code, 'other_account_linked', String(other));
  });

  it('lets whoever was invited in, and voids the invitation', async () => {
    const role = (await house.owner.all('/roles')).find((one) => one.key === 'staff').id;
    const ines = await house.owner.post('/users', { name: 'Ines Invited', email: 'ines@example.com', role_id: role }).gives(201);
    const { url } = await house.owner.post(`/users/${ines.id}/invitation`).gives(201);
    const answer = await enter('ines');
    assert.equal(answer.status, 201, String(answer));
    assert.equal(answer.json.user.state, 'active');
    assert.ok((await house.spine()).some((event) => event.kind === 'user.joined' && event.actor.id === ines.id));
    const token = decodeURIComponent(/#token=([^&]+)/.exec(url)![1]!);
    await house.browser.post('/session/invitation', { token, password: 'nine copper saucepans' }).refuses(422, 'invalid', ['/token']);
  });

  it('asks for the second factor all the same', async () => {
    await house.user('manager');
    const manager = await house.signedIn('manager');
    const { secret } = await manager.post('/session/second_factor').gives(201);
    await manager.post('/session/second_factor/confirmation', { code: await codeOf(secret) }).gives(200);
    await forgetCodes(house);
    const answer = await enter('mona');
    assert.equal(answer.json.code, 'second_factor_needed', String(answer));
    const entered = await house.browser.post('/session/second_step', { token: answer.json.second_factor.token, code: await codeOf(secret) }).gives(201);
    assert.equal(entered.user.email, people.manager.email);
  });

  it('makes no account, and does not believe an address that was not verified', async () => {
    const reader = await house.user('read_only');
    const known = await rows(house, 'select id from users');
    for (const [account, code] of [['stranger', 'not_of_the_staff'], ['without', 'email_not_verified'], ['unverified', 'email_not_verified']] as const) {
      const answer = await enter(account);
      assert.deepEqual([answer.status, answer.json.code], [403, code], String(answer));
    }
    assert.deepEqual(await rows(house, 'select id from users'), known);
    assert.deepEqual(await rows(house, `select id from identities where user_id=(select id from users where email='${reader.email}')`), []);
  });

  it('is linked by whoever is signed in, whatever address the account has', async () => {
    const browser = new Browser(house);
    browser.jar.set('patron', (await house.signIn('read_only')).split('=')[1]!);
    const begin = async () => {
      const begun = await inside(browser).post('/session/identities').answers(201);
      browser.keep(begun.headers);
      return begun.json.url as string;
    };
    // Another browser that holds the way but not the session gets nowhere.
    const thief = new Browser(house);
    const question = await begin();
    thief.jar.set('patron-openid', browser.jar.get('patron-openid')!);
    assert.equal((await thief.end(await walk(question, 'unverified'))).json.code, 'openid_void');
    const taken = await browser.end(await walk(await begin(), 'stan'));
    assert.equal(taken.json.code, 'account_taken', String(taken));
    const linked = await browser.end(await walk(await begin(), 'unverified'));
    assert.equal(linked.status, 201, String(linked));
    assert.equal((await enter('unverified')).json.user.email, people.read_only.email);
  });

  it('is unlinked with a proof', async () => {
    const browser = new Browser(house);
    await enter('stan', browser);
    const [one] = (await inside(browser).get('/session/identities').gives(200)).data;
    await (await house.signedIn()).delete(`/session/identities/${one.id}`).refuses(404);
    await stored(house, 'update sessions set proven_at=0');
    await house.owner.patch('/business', { name: 'Harbour Music' }).gives(200);
    await inside(browser).delete(`/session/identities/${one.id}`).refuses(403, 'step_up_needed');
    await inside(browser).post('/session/proof', { password: people.staff.password }).gives(200);
    const sent = messages(house).length;
    await inside(browser).delete(`/session/identities/${one.id}`).answers(204);
    assert.match((await messageTo(house, people.staff.email, sent)).head.subject!, /unlinked/);
    assert.ok((await house.spine()).some((event) => event.kind === 'identity.unlinked'));
    assert.deepEqual((await inside(browser).get('/session/identities').gives(200)).data, []);
  });

  it('is closed to whoever was let go, as if they had never been', async () => {
    const browser = new Browser(house);
    await enter('stan', browser);
    const stan = await house.user('staff');
    await house.owner.patch(`/users/${stan.id}`, { state: 'disabled' }).gives(200);
    const refused = (await enter('stan')).json;
    const stranger = (await enter('stranger')).json;
    delete refused.request_id;
    delete stranger.request_id;
    assert.equal(refused.code, 'not_of_the_staff');
    assert.deepEqual([refused.title, refused.detail], [stranger.title, stranger.detail]);
    await house.owner.patch(`/users/${stan.id}`, { state: 'active' }).gives(200);
    assert.equal((await enter('stan')).status, 201);
  });

  it('says in words that it was cancelled', async () => {
    const browser = new Browser(house);
    const back = await walk(await browser.begin(), 'stan', 'cancel');
    assert.equal(back.error, 'access_denied');
    const answer = await browser.end(back);
    assert.deepEqual([answer.status, answer.json.code], [403, 'openid_denied']);
    assert.match(answer.json.detail, /cancelled at Harbour Sign-in/);
  });

  it('is offered no more when it is off, and what was begun is void', async () => {
    const browser = new Browser(house);
    const back = await walk(await browser.begin(), 'stan');
    await house.owner.patch(`/openid_providers/${provider.id}`, { enabled: false }).gives(200);
    assert.deepEqual(await house.stranger.get('/session/ways').gives(200), { openid: null });
    await house.browser.post('/session/openid', {}).refuses(404);
    assert.equal((await browser.end(back)).json.code, 'openid_void');
    await house.owner.delete(`/openid_providers/${provider.id}`).answers(204);
    assert.deepEqual(await rows(house, 'select provider_id from openid_secrets'), []);
    assert.doesNotMatch(house.server.output, new RegExp(`${client.secret}|sub-of-|stan@example`, 'i'));
  });
}, allowed(certified));

forBoth('a provider that lies', (house) => {
  let provider: MadeUp;
  let settings: Json;
  before(async () => {
    provider = new MadeUp(lying);
    settings = await setUp(house, lying);
    await house.user('staff');
  });
  const stan: Account = { sub: 'stan', email: people.staff.email, email_verified: true };
  /** Once around, with what is bent; what was counted and remembered before is forgotten. */
  async function around(bent: Bent, twist: (back: Json) => Json = (back) => back, browser = new Browser(house)) {
    await stored(house, 'delete from tries');
    provider.account = stan;
    provider.bent = {};
    const question = await browser.begin();
    provider.bent = bent;
    const answer = await browser.end(twist(provider.answer(question)));
    provider.bent = {};
    return answer;
  }
  const check = async (): Promise<string[]> => (await house.owner.post(`/openid_providers/${settings.id}/check`).gives(200)).faults;

  it('is believed when it does not', async () => {
    for (const algorithm of ['RS256', 'PS256', 'ES256'] as const) {
      const answer = await around({ algorithm });
      assert.equal(answer.status, 201, `${algorithm}: ${answer}`);
    }
    const [form] = provider.forms;
    assert.deepEqual(Object.keys(form!).sort(), ['authorization', 'code', 'code_verifier', 'grant_type', 'redirect_uri']);
    assert.equal(form!.redirect_uri, `${house.server.address}/sign-in/openid`);
    assert.equal(Buffer.from(form!.authorization!.slice(6), 'base64').toString(), `${client.id}:${encodeURIComponent(client.secret)}`);
    const asked = new URL(await new Browser(house).begin()).searchParams;
    assert.deepEqual([asked.get('response_type'), asked.get('scope'), asked.get('code_challenge_method')], ['code', 'openid email', 'S256']);
    assert.ok(asked.get('state')!.length >= 43 && asked.get('nonce')!.length >= 43 && asked.get('state') !== asked.get('nonce'));
    for (const bent of [{ claims: { aud: [client.id] } }, { claims: { aud: [client.id, 'other'], azp: client.id } }, { claims: { exp: Math.floor(Date.now() / 1000) - 30 } }, { claims: { iat: Math.floor(Date.now() / 1000) + 30 } }])
      assert.equal((await around(bent)).status, 201, JSON.stringify(bent));
  });

  const later = () => Math.floor(Date.now() / 1000) + 3600;
  const ago = () => Math.floor(Date.now() / 1000) - 3600;
  const lies: [string, () => Bent, RegExp][] = [
    ['no signature at all', () => ({ algorithm: 'none' }), /not signed in a way/],
    ['no signature, and no mark of it', () => ({ algorithm: 'none', header: { alg: 'None' } }), /not signed in a way/],
    ['its public key as a shared secret', () => ({ algorithm: 'HS256' }), /not signed in a way/],
    ['a way of signing that we do not take', () => ({ algorithm: 'RS512' }), /not signed in a way/],
    ['EdDSA', () => ({ algorithm: 'EdDSA' }), /not signed in a way/],
    ['a key of somebody else under its id', () => ({ foreign: true }), /signature is wrong/],
    ['a curve key of somebody else', () => ({ foreign: true, algorithm: 'ES256' }), /signature is wrong/],
    ['a key that comes along in the token', () => ({ foreign: true, header: { jwk: provider.others.rsa.publicKey.export({ format: 'jwk' }) } }), /signature is wrong/],
    ['a key that is to be fetched elsewhere', () => ({ foreign: true, header: { jku: `${lying.issuer}/their-keys` } }), /signature is wrong/],
    ['an RSA signature under the name of the curve key', () => ({ header: { kid: 'e' } }), /does not publish/],
    ['an unknown key', () => ({ header: { kid: 'never seen' } }), /does not publish/],
    ['a signature that lost a byte', () => ({ token: (token) => token.slice(0, -2) }), /signature is wrong|no signed token/],
    ['an empty signature', () => ({ token: (token) => token.replace(/[^.]*$/, '') }), /signature is wrong|no signed token/],
    ['other words under the same signature', () => ({ token: (token) => {
      const [head, body, signature] = token.split('.');
      const claims = JSON.parse(Buffer.from(body!, 'base64url').toString());
      return `${head}.${Buffer.from(JSON.stringify({ ...claims, email: people.owner.email })).toString('base64url')}.${signature}`;
    } }), /signature is wrong/],
    ['two tokens in one', () => ({ token: (token) => `${token}.${token}` }), /no signed token/],
    ['no token', () => ({ token: () => '' }), /no signed token/],
    ['a header that has to be understood', () => ({ header: { crit: ['exp'], exp: 1 } }), /not understood/],
    ['another nonce', () => ({ claims: { nonce: 'a'.repeat(64) } }), /another question/],
    ['no nonce', () => ({ without: ['nonce'] }), /another question/],
    ['another audience', () => ({ claims: { aud: 'another-client' } }), /another program/],
    ['no audience', () => ({ without: ['aud'] }), /another program/],
    ['several audiences and nobody it was given to', () => ({ claims: { aud: [client.id, 'other'] } }), /another program/],
    ['another party it was given to', () => ({ claims: { azp: 'other' } }), /another program/],
    ['another issuer', () => ({ claims: { iss: 'https://accounts.example.com' } }), /somebody else/],
    ['an issuer with a stroke more', () => ({ claims: { iss: `${lying.issuer}/` } }), /somebody else/],
    ['an end that is over', () => ({ claims: { exp: ago() } }), /expired/],
    ['an end just beyond the leeway', () => ({ claims: { exp: Math.floor(Date.now() / 1000) - 61 } }), /expired/],
    ['no end', () => ({ without: ['exp'] }), /how long/],
    ['an end that is a text', () => ({ claims: { exp: '9999999999' } }), /no number/],
    ['no beginning', () => ({ without: ['iat'] }), /how long/],
    ['a beginning that is to come', () => ({ claims: { iat: later() } }), /future/],
    ['a validity that is to come', () => ({ claims: { nbf: later() } }), /future/],
    ['nobody', () => ({ without: ['sub'] }), /who signed in/],
    ['an endless subject', () => ({ claims: { sub: 'x'.repeat(256) } }), /who signed in/],
  ];
  for (const [what, bent, why] of lies)
    it(`is not believed: ${what}`, async () => {
      const answer = await around(bent());
      assert.deepEqual([answer.status, answer.json.code], [401, 'openid_refused'], String(answer));
      assert.match(answer.json.detail, why);
    });

  it('is not believed: an address that is verified by a text, or by nothing', async () => {
    for (const bent of [{ claims: { sub: 'fresh', email_verified: 'true' } }, { claims: { sub: 'fresh' }, without: ['email_verified'] }, { claims: { sub: 'fresh', email_verified: 1 } }]) {
      const answer = await around(bent);
      assert.deepEqual([answer.status, answer.json.code], [403, 'email_not_verified'], String(answer));
    }
  });

  it('is not believed when people’s addresses are asked for and it speaks of another', async () => {
    provider.account = { sub: 'fresh' };
    const bent = { discovery: { userinfo_endpoint: `${lying.issuer}/userinfo` }, claims: { sub: 'fresh' }, without: ['email', 'email_verified'] };
    const browser = new Browser(house);
    provider.bent = bent;
    await check();
    const answer = await browser.end((provider.bent = { ...bent, userinfo: { sub: 'other', email: people.owner.email, email_verified: true } }, provider.answer(await browser.begin())));
    assert.equal(answer.json.code, 'openid_refused', String(answer));
    provider.bent = {};
    await check();
  });

  it('gets nowhere with what another browser began, or with what was used', async () => {
    provider.account = stan;
    const one = new Browser(house);
    const two = new Browser(house);
    const first = provider.answer(await one.begin());
    const second = provider.answer(await two.begin());
    assert.equal((await two.end(first)).json.code, 'openid_void', 'the state of another browser');
    assert.equal((await two.end(second)).json.code, 'openid_void', 'which used up what it had itself');
    assert.equal((await one.end({ ...first, state: 'f'.repeat(64) })).json.code, 'openid_void', 'a made-up state');
    assert.equal((await one.end(first)).json.code, 'openid_void', 'and again with the right one');
    assert.equal((await new Browser(house).end(first)).json.code, 'openid_void', 'no cookie');
    const three = new Browser(house);
    const back = provider.answer(await three.begin());
    const cookie = three.jar.get('patron-openid')!;
    assert.equal((await three.end(back)).status, 201);
    three.jar.set('patron-openid', cookie);
    assert.equal((await three.end(back)).json.code, 'openid_void', 'the same twice');
    const four = new Browser(house);
    const question = await four.begin();
    assert.equal((await four.end({ ...back, state: new URL(question).searchParams.get('state') })).json.code, 'openid_refused', 'a code that was used');
    const late = new Browser(house);
    const slow = provider.answer(await late.begin());
    await stored(house, 'update openid_begun set expires_at=1');
    assert.equal((await late.end(slow)).json.code, 'openid_void', 'after ten minutes');
    // At the same moment: one of them.
    const many = new Browser(house);
    const once = provider.answer(await many.begin());
    const held = many.headers;
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await house.with(held).post('/session/openid/answer', { state: once.state, code: once.code, iss: once.iss }).answer).status));
    assert.deepEqual(statuses.sort(), [201, 401, 401, 401]);
    await stored(house, 'delete from tries');
  });

  it('cannot be mixed up with another', async () => {
    for (const [what, twist] of [['another provider’s answer', (back: Json) => ({ ...back, iss: certified.issuer })], ['none, though it names itself', ({ iss: _, ...back }: Json) => back]] as const) {
      const answer = await around({}, twist);
      assert.match(answer.json.detail, /comes from another provider/, what);
    }
    const browser = new Browser(house);
    const back = provider.answer(await browser.begin());
    await house.owner.patch(`/openid_providers/${settings.id}`, { client_id: client.id, name: 'Renamed ID' }).gives(200);
    assert.equal((await browser.end(back)).json.code, 'openid_void', 'the provider is another one now');
  });

  it('is asked for unknown keys once a minute at most', async () => {
    await check();
    const before = provider.asked.filter((path) => path === '/keys').length;
    for (let round = 0; round < 5; round++) assert.equal((await around({ header: { kid: `never ${round}` } })).status, 401);
    assert.equal(provider.asked.filter((path) => path === '/keys').length, before);
  });

  it('is asked from our pages alone, and its refusals are put into words of ours', async () => {
    const browser = new Browser(house);
    const back = provider.answer(await browser.begin());
    await house.with({ ...browser.headers, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }).post('/session/openid/answer', back).refuses(403, 'cross_site');
    for (const [error, status] of [['access_denied', 403], ['server_error', 503], ['temporarily_unavailable', 503], ['login_required', 403], ['unauthorized_client', 403], ['<script>alert(1)</script>', 403]] as const) {
      const answer = await around({}, ({ state, iss }) => ({ state, iss, error }));
      assert.equal(answer.status, status, String(answer));
      assert.doesNotMatch(answer.text, /script|error"/);
    }
    assert.equal((await around({}, ({ state, iss }) => ({ state, iss }))).json.code, 'openid_refused');
  });

  it('is found out when it is set up', async () => {
    const wrong: [Bent, RegExp][] = [
      [{ discovery: { issuer: 'https://accounts.example.com' } }, /of another issuer/],
      [{ discovery: { issuer: `${lying.issuer}/` } }, /of another issuer/],
      [{ discovery: { token_endpoint: 7 } }, /token_endpoint/],
      [{ discovery: { jwks_uri: 'file:///etc/passwd' } }, /jwks_uri/],
      [{ discovery: { authorization_endpoint: 'javascript:alert(1)' } }, /authorization_endpoint/],
      [{ discovery: { response_types_supported: ['id_token'] } }, /authorization code/],
      [{ discovery: { code_challenge_methods_supported: ['plain'] } }, /PKCE/],
      [{ discovery: { id_token_signing_alg_values_supported: ['HS256', 'none'] } }, /RS256, PS256 and ES256/],
      [{ jwks: { keys: [] } }, /no key/],
      [{ jwks: { keys: [{ kty: 'oct', k: 'AAAA', kid: 'r' }] } }, /no key/],
      [{ jwks: 'nothing' }, /cannot be read/],
      [{ instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(302, { location: `${lying.issuer}/elsewhere` }).end() } }, /sends on to another address/],
      [{ instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(200).end('{"issuer": "twice", "issuer": "twice"}') } }, /no JSON object/],
      [{ instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(200).end('canary of the inside') } }, /no JSON object/],
      [{ instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(500).end('canary of the inside') } }, /status 500/],
      [{ instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(200).end(Buffer.alloc(1_100_000, 32)) } }, /more than one megabyte/],
      [{ instead: { '/keys': (_, response) => void response.writeHead(200).end(Buffer.alloc(1_100_000, 32)) } }, /more than one megabyte/],
      [{ instead: { '/.well-known/openid-configuration': (request) => void request.socket.destroy() } }, /does? not|did not answer/],
    ];
    for (const [bent, why] of wrong) {
      provider.bent = bent;
      const faults = await check();
      assert.match(faults[0] ?? 'nothing', why, JSON.stringify(bent));
      assert.doesNotMatch(faults.join(), /canary/);
    }
    provider.bent = {};
    assert.deepEqual(await check(), []);
  });

  it('is waited for ten seconds, by four at a time; a fifth is told to come again', async () => {
    provider.bent = { instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(200).write('{') } };
    const begun = Date.now();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => house.owner.post(`/openid_providers/${settings.id}/check`).answer));
    provider.bent = {};
    const [busy, ...slow] = answers.sort((a, b) => b.status - a.status);
    assert.deepEqual([busy!.status, busy!.json.code, busy!.header('retry-after')], [503, 'busy', '2'], String(busy));
    for (const answer of slow) assert.match(answer.json.faults[0], /ten seconds/);
    assert.ok(Date.now() - begun >= 9_000 && Date.now() - begun < 30_000);
  });
}, allowed(lying));

forBoth('a provider at an address that is not public', (house) => {
  it('is not called unless the operator allowed it', async () => {
    let came = 0;
    const canary = net.createServer((socket) => (came++, socket.destroy()));
    await new Promise<void>((listening) => canary.listen(0, '127.0.0.1', listening));
    const port = (canary.address() as AddressInfo).port;
    const refused = [
      `http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`, `https://localhost:${port}`, `http://localhost:${port}`, `https://[::1]:${port}`, `https://[::ffff:127.0.0.1]:${port}`,
      'https://127.0.0.1', 'https://10.0.0.1', 'https://192.168.1.1', 'https://169.254.169.254', 'https://100.64.0.1', 'https://[fd00::1]', 'https://[fe80::1]', 'https://[64:ff9b::7f00:1]', 'https://0.0.0.0', 'https://224.0.0.1',
      'https://2130706433', 'https://0x7f.1', 'https://127.1', 'http://accounts.example.com', 'https://accounts.example.com:8443', 'https://user:secret@accounts.example.com', 'https://accounts.example.com/#x', 'https://accounts.example.com/?x=1', 'ftp://accounts.example.com', 'accounts.example.com', '//accounts.example.com',
    ];
    for (const issuer of refused) await house.owner.post('/openid_providers', { name: 'Inside', issuer, client_id: 'x', client_secret: 'x' }).refuses(422, 'invalid', ['/issuer']);
    // A name is judged when it is called: this one is the machine itself.
    const made = await house.owner.post('/openid_providers', { name: 'Inside', issuer: 'https://localhost', client_id: 'x', client_secret: 'x' }).gives(201);
    const { faults } = await house.owner.post(`/openid_providers/${made.id}/check`).gives(200);
    assert.match(faults[0], /not public/);
    const problem = await house.browser.post('/session/openid', {}).refuses(503, 'provider_unavailable');
    assert.match(problem.detail, /not public/);
    canary.close();
    assert.equal(came, 0);
  });
});

/** Certificates that nobody vouches for, or that are another's: S76. */
const folder = freshFolder();
execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')], { stdio: 'ignore' });
const secured = createTls({ key: readFileSync(path.join(folder, 'key.pem')), cert: readFileSync(path.join(folder, 'cert.pem')) }, (_, response) => void response.end('{}'));
await new Promise<void>((listening) => secured.listen(0, '127.0.0.1', listening));
secured.unref();
const securedAt = `127.0.0.1:${(secured.address() as AddressInfo).port}`;

forBoth('a provider with a certificate of its own making', (house) => {
  it('is not trusted', async () => {
    const made = await house.owner.post('/openid_providers', { name: 'Made up', issuer: `https://${securedAt}`, client_id: 'x', client_secret: 'x' }).gives(201);
    assert.match((await house.owner.post(`/openid_providers/${made.id}/check`).gives(200)).faults[0], /no certificate that can be trusted/);
  });
}, { serve: ['--allow-outbound', securedAt] });
