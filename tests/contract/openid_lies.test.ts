// An OpenID provider that lies, one that leads where nobody may go, and what a browser may not do: X01, S28, S76.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createTls } from 'node:https';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { Client, type Json } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { engines, forBoth, House, people } from '../support/house.ts';
import { allowed, Browser, client, MadeUp, setUp, Station, type Account, type Bent } from '../support/openid.ts';
import { freshFolder, Serving } from '../support/program.ts';

const lying = await Station.open();

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

  it('is not believed: an address that only looks like somebody’s', async () => {
    // In lower case the sign for kelvin is a k.
    await house.owner.post('/users', { name: 'Kim Clerk', email: 'kim@example.com', role_id: (await house.user('staff')).role_id }).gives(201);
    for (const email of ['\u212aim@example.com', 'ｋim@example.com', 'kim@exаmple.com', 'kim@example.com.', 'kim@example.com\u200b', '"kim"@example.com', 'kim@example.com, stan@example.com'])
      assert.deepEqual([(await around({ claims: { sub: 'fresh', email } })).json.code, email], ['not_of_the_staff', email]);
    assert.equal((await around({ claims: { sub: 'fresh', email: 'KIM@Example.com' } })).json.user.state, 'active');
    await stored(house, "delete from identities where subject='fresh'");
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
    for (const [what, twist] of [['another provider’s answer', (back: Json) => ({ ...back, iss: 'https://accounts.example.com' })], ['none, though it names itself', ({ iss: _, ...back }: Json) => back]] as const) {
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

  it('is waited for fifteen seconds in all, though each of its answers comes within ten', async () => {
    await house.restart();
    await stored(house, 'delete from tries');
    const browser = new Browser(house);
    const back = provider.answer(await browser.begin());
    provider.bent = { slow: 8_000 };
    const begun = Date.now();
    const answer = await browser.end(back);
    provider.bent = {};
    assert.deepEqual([answer.status, answer.json.code], [503, 'provider_unavailable'], String(answer));
    assert.ok(Date.now() - begun >= 14_000 && Date.now() - begun < 15_900, `${Date.now() - begun} ms`);
  });

  it('is waited for ten seconds, by four at a time; a fifth is told to come again', async () => {
    provider.bent = { instead: { '/.well-known/openid-configuration': (_, response) => void response.writeHead(200).write('{') } };
    const begun = Date.now();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => house.owner.post(`/openid_providers/${settings.id}/check`).answer));
    provider.bent = {};
    const [busy, ...slow] = answers.sort((a, b) => b.status - a.status);
    assert.deepEqual([busy!.status, busy!.json.code, busy!.header('retry-after')], [503, 'busy', '2'], String(busy));
    for (const answer of slow) assert.match(answer.json.faults[0], /did not answer in time/);
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
    assert.match(problem.detail, /does not work right now/);
    assert.doesNotMatch(problem.detail, /public|localhost/, 'where we call is no stranger’s business');
    assert.match(house.server.output, /not public/, 'it stands in the log');
    canary.close();
    assert.equal(came, 0);
  });
});

describe('a provider and two servers on one database', { skip: !engines.includes('postgres') && 'this takes PostgreSQL' }, () => {
  const house = new House('postgres', allowed(lying));
  let second: Serving;
  before(async () => {
    await house.found();
    await setUp(house, lying);
    await house.user('staff');
    second = await Serving.start(['--data', path.join(freshFolder(), 'second'), '--database', house.databaseUrl!, '--secrets-key-file', path.join(house.folder, 'secrets.key'), ...house.founding.serve!]);
  });
  after(async () => {
    await second?.dismiss();
    await house.close();
  });

  it('what was begun on the one ends on the other, once', async () => {
    const provider = new MadeUp(lying);
    provider.account = { sub: 'stan', email: people.staff.email, email_verified: true };
    const browser = new Browser(house);
    const { state, code, iss } = provider.answer(await browser.begin());
    const there = new Client(second.address, { ...browser.headers, origin: second.address }, house.document);
    assert.equal((await there.post('/session/openid/answer', { state, code, iss }).gives(201)).user.email, people.staff.email);
    assert.equal((await browser.end({ state, code, iss })).json.code, 'openid_void');
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
