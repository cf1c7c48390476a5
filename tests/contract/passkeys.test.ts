// Passkeys: made, used alone and as the second factor, and refused whatever is bent: S15.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { Authenticator, cbor, url64, type Algorithm, type Bent } from '../support/authenticator.ts';
import type { Client } from '../support/client.ts';
import { rows, stored } from '../support/database.ts';
import { forBoth, people, type House, type Role } from '../support/house.ts';
import { codeOf, forgetCodes } from '../support/phone.ts';
import { messages, messageTo } from '../support/post.ts';

const origin = 'https://crm.example.com';
const outside = { serve: ['--public-url', origin] };
// The sessions of the tests come over plain HTTP from where the server listens; only the ceremonies look at the public URL.

async function added(house: House, role: Role, algorithm: Algorithm = 'ES256', client?: Client): Promise<{ client: Client; key: Authenticator; made: any }> {
  client ??= await house.signedIn(role);
  const key = new Authenticator(origin, algorithm);
  const made = await client.post('/session/passkeys', { name: `My ${algorithm}`, ...key.create(await client.post('/session/passkeys/challenge').gives(201)) }).gives(201);
  return { client, key, made };
}
const question = (house: House) => house.browser.post('/session/passkey/challenge', {}).gives(201);

forBoth('a passkey', (house) => {
  const { email, password } = people.staff;
  let key: Authenticator;
  let staff: Client;
  let manager: Client;

  it('is made, and listed', async () => {
    staff = await house.signedIn('staff');
    const asked = await staff.post('/session/passkeys/challenge').gives(201);
    assert.equal(asked.host, 'crm.example.com');
    assert.deepEqual([asked.user_name, asked.display_name, asked.business], [email, 'Stan Staff', 'Harbour Music']);
    assert.deepEqual(asked.algorithms, [-8, -7, -257]);
    assert.ok(Buffer.from(asked.challenge, 'base64url').length >= 16);
    key = new Authenticator(origin);
    const before = messages(house).length;
    const made = await staff.post('/session/passkeys', { name: 'Key ring', ...key.create(asked) }).gives(201);
    assert.equal(made.recovery_codes.length, 10);
    assert.match((await messageTo(house, email, before)).head.subject!, /passkey was added/);
    const { data } = await staff.get('/session/passkeys').gives(200);
    assert.deepEqual(data.map((one: any) => [one.name, one.suspected, one.last_used_at]), [['Key ring', false, null]]);
    assert.equal((await staff.patch(`/session/passkeys/${data[0].id}`, { name: 'Blue key' }).gives(200)).name, 'Blue key');
    assert.equal((await house.user('staff')).second_factor, true);
    assert.deepEqual(await (await house.signedIn('manager')).get('/session/passkeys').gives(200).then((page) => page.data), []);
  });

  it('signs in by itself, and counts on', async () => {
    for (let round = 0; round < 3; round++) {
      const inside = await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).answers(201);
      assert.equal(inside.json.user.email, email);
      assert.match(inside.headers['set-cookie']![0]!, /^patron=/);
    }
    assert.deepEqual(await rows(house, 'select sign_count from passkeys'), [['3']]);
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house), { userHandle: null }) }).gives(201);
  });

  it('stands behind the password', async () => {
    const problem = await house.browser.post('/session', { email, password }).refuses(401, 'second_factor_needed');
    assert.deepEqual(problem.second_factor.kinds, ['passkey', 'recovery_code']);
    assert.deepEqual(problem.second_factor.passkey.known, [url64(key.id)]);
    const { token, passkey } = problem.second_factor;
    await house.browser.post('/session/second_step', { token, passkey: key.get(passkey) }).gives(201);
    await house.browser.post('/session/second_step', { token, passkey: key.get(passkey) }).refuses(401);
  });

  it('proves that it is really me', async () => {
    await stored(house, 'update sessions set proven_at=0');
    await house.owner.patch('/business', { name: 'Harbour Music Too' }).gives(200);
    await staff.post('/session/passkeys/challenge').refuses(403, 'step_up_needed');
    const asked = await staff.post('/session/passkey/challenge', {}).gives(201);
    assert.deepEqual(asked.known, [url64(key.id)]);
    await staff.post('/session/proof', { passkey: key.get(asked, { origin: 'https://evil.example' }) }).refuses(422, 'invalid', ['/passkey']);
    await staff.post('/session/proof', { passkey: key.get(await staff.post('/session/passkey/challenge', {}).gives(201)) }).gives(200);
    await staff.post('/session/passkeys/challenge').gives(201);
  });

  it('of each kind that is allowed works', async () => {
    manager = await house.signedIn('manager');
    for (const algorithm of ['EdDSA', 'RS256'] as const) {
      const { key } = await added(house, 'manager', algorithm, manager);
      const inside = await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).gives(201);
      assert.equal(inside.user.email, people.manager.email);
    }
  });

  it('whose counter goes back is refused, flagged and told of', async () => {
    const before = messages(house).length;
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house), { count: 2 }) }).refuses(401, 'passkey_refused');
    const { data } = await staff.get('/session/passkeys').gives(200);
    assert.equal(data[0].suspected, true);
    assert.match((await messageTo(house, email, before)).head.subject!, /passkey was refused/);
    assert.ok((await house.spine()).some((event) => event.kind === 'passkey.suspected'));
    key.count = 100;
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).gives(201);
  });

  it('that never counts works all the same', async () => {
    const { key } = await added(house, 'read_only');
    for (let round = 0; round < 2; round++) await house.browser.post('/session/passkey', { passkey: key.get(await question(house), { count: 0 }) }).gives(201);
  });

  it('goes when it is removed, and with it the second factor', async () => {
    const [one] = (await staff.get('/session/passkeys').gives(200)).data;
    await (await house.signedIn('owner')).delete(`/session/passkeys/${one.id}`).refuses(404);
    await staff.delete(`/session/passkeys/${one.id}`).answers(204);
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).refuses(401, 'passkey_refused');
    await house.browser.post('/session', { email, password }).gives(201);
    assert.deepEqual(await rows(house, `select r.token from recovery_codes r join users u on u.id=r.user_id where u.email='${email}'`), []);
  });

  it('stays beside codes, and codes beside it', async () => {
    const { client, key } = await added(house, 'owner');
    const { secret } = await client.post('/session/second_factor').gives(201);
    await client.post('/session/second_factor/confirmation', { code: await codeOf(secret) }).gives(200);
    const first = async () => (await house.browser.post('/session', { email: people.owner.email, password: people.owner.password }).refuses(401, 'second_factor_needed')).second_factor;
    assert.deepEqual((await first()).kinds, ['code', 'passkey', 'recovery_code']);
    await forgetCodes(house);
    await house.browser.post('/session/second_step', { token: (await first()).token, code: await codeOf(secret) }).gives(201);
    await client.delete('/session/second_factor').answers(204);
    assert.deepEqual((await first()).kinds, ['passkey', 'recovery_code']);
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).gives(201);
  });

  it('of somebody who is let go opens nothing', async () => {
    const { key } = await added(house, 'manager', 'ES256', manager);
    const user = await house.user('manager');
    await house.owner.patch(`/users/${user.id}`, { state: 'disabled' }).gives(200);
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).refuses(401, 'passkey_refused');
  });
}, outside);

forBoth('a bent ceremony', (house) => {
  const making: [string, Bent][] = [
    ['type of the other ceremony', { type: 'webauthn.get' }],
    ['another challenge', { challenge: url64('pl_0001' + 'a'.repeat(52)) }],
    ['no challenge', { challenge: '' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that begins as ours', { origin: 'https://crm.example.com.evil.example' }],
    ['our origin without TLS', { origin: 'http://crm.example.com' }],
    ['our origin at another port', { origin: 'https://crm.example.com:8443' }],
    ['within another page', { crossOrigin: true }],
    ['crossOrigin as a text', { crossOrigin: 'true' }],
    ['for another host', { host: 'evil.example' }],
    ['for the parent of our host', { host: 'example.com' }],
    ['nobody present', { flags: 0x44 }],
    ['nobody verified', { flags: 0x41 }],
    ['no credential data', { flags: 0x05 }],
    ['a backup that cannot be', { flags: 0x55 }],
    ['extensions promised, not there', { flags: 0xc5 }],
    ['bytes behind the end', { authenticatorData: (data) => Buffer.concat([data, Buffer.from([0])]) }],
    ['data cut short', { authenticatorData: (data) => data.subarray(0, 60) }],
    ['a credential id longer than the data', { authenticatorData: (data) => { const bent = Buffer.from(data); bent.writeUInt16BE(1000, 53); return bent; } }],
    ['a credential id of no length', { authenticatorData: (data) => { const bent = Buffer.from(data); bent.writeUInt16BE(0, 53); return bent; } }],
    ['an algorithm off the list (ES384)', { coseKey: (key) => key.set(3, -35) }],
    ['RS1', { coseKey: (key) => key.set(3, -65535) }],
    ['another curve', { coseKey: (key) => key.set(-1, 2) }],
    ['a point beside the curve', { coseKey: (key) => key.set(-2, Buffer.alloc(32, 7)) }],
    ['a coordinate too short', { coseKey: (key) => key.set(-3, Buffer.alloc(31, 7)) }],
    ['an RSA key filled up with noughts', { coseKey: () => new Map<number, number | Buffer>([[1, 3], [3, -257], [-1, Buffer.concat([Buffer.alloc(192), Buffer.alloc(64, 0xb5)])], [-2, Buffer.from([1, 0, 1])]]) }],
    ['a key without its type', { coseKey: (key) => { key.delete(1); return key; } }],
    ['an attestation without data', { attestation: (object) => { object.delete('authData'); return object; } }],
    ['an attestation that is no map', { attestation: () => cbor(['none']) }],
    ['an attestation with something behind it', { attestation: (object) => Buffer.concat([cbor(object), Buffer.from([0])]) }],
    ['an attestation cut short', { attestation: (object) => cbor(object).subarray(0, 80) }],
    ['client data that are no JSON', { clientData: Buffer.from('{"type":') }],
    ['client data that are a list', { clientData: Buffer.from('[]') }],
  ];
  const using: [string, Bent][] = [
    ['type of the other ceremony', { type: 'webauthn.create' }],
    ['another challenge', { challenge: url64('pl_0001' + 'a'.repeat(52)) }],
    ['another origin', { origin: 'https://evil.example' }],
    ['our origin without TLS', { origin: 'http://crm.example.com' }],
    ['within another page', { crossOrigin: true }],
    ['for another host', { host: 'evil.example' }],
    ['nobody present', { flags: 0x04 }],
    ['nobody verified', { flags: 0x01 }],
    ['credential data where none belong', { flags: 0x45 }],
    ['a backup that cannot be', { flags: 0x15 }],
    ['bytes behind the end', { authenticatorData: (data) => Buffer.concat([data, Buffer.from([0])]) }],
    ['data cut short', { authenticatorData: (data) => data.subarray(0, 36) }],
    ['signed by another key', { signedBy: new Authenticator(origin) }],
    ['a signature with a bit turned', { signature: (bytes) => { const bent = Buffer.from(bytes); bent[bent.length - 1]! ^= 1; return bent; } }],
    ['a signature cut short', { signature: (bytes) => bytes.subarray(0, 20) }],
    ['the user handle of somebody else', { userHandle: url64('usr_0000000000001') }],
    ['client data that are no JSON', { clientData: Buffer.from('null') }],
  ];
  let key: Authenticator;
  let client: Client;
  before(async () => ({ key, client } = await added(house, 'staff')));
  const clear = () => stored(house, 'delete from tries');

  it(`of ${making.length} kinds makes no passkey`, async () => {
    for (const [what, bent] of making) {
      const asked = await client.post('/session/passkeys/challenge').gives(201);
      const answer = await client.post('/session/passkeys', { name: what, ...new Authenticator(origin).create(asked, bent) }).answer;
      assert.equal(answer.status, 422, `${what}: ${answer}`);
    }
    assert.equal((await client.get('/session/passkeys').gives(200)).data.length, 1);
  });

  it(`of ${using.length} kinds lets nobody in`, async () => {
    for (const [what, bent] of using) {
      await clear();
      const count = key.count;
      const answer = await house.browser.post('/session/passkey', { passkey: key.get(await question(house), bent) }).answer;
      assert.equal(answer.status, 401, `${what}: ${answer}`);
      assert.equal(answer.headers['set-cookie'], undefined, what);
      key.count = Math.max(count, key.count);
    }
    await clear();
    await house.browser.post('/session/passkey', { passkey: key.get(await question(house)) }).gives(201);
  });

  it('a question is answered once, in five minutes, by whom it was for', async () => {
    const asked = await question(house);
    await house.browser.post('/session/passkey', { passkey: key.get(asked) }).gives(201);
    await house.browser.post('/session/passkey', { passkey: key.get(asked) }).refuses(401);
    const failed = await question(house);
    await house.browser.post('/session/passkey', { passkey: key.get(failed, { origin: 'https://evil.example' }) }).refuses(401);
    await house.browser.post('/session/passkey', { passkey: key.get(failed) }).refuses(401, 'passkey_refused');
    const late = await question(house);
    await stored(house, `update links set expires_at=expires_at-${5 * 60_000 + 1}`);
    await house.browser.post('/session/passkey', { passkey: key.get(late) }).refuses(401);
    const manager = await house.signedIn('manager');
    const forManager = await manager.post('/session/passkeys/challenge').gives(201);
    await client.post('/session/passkeys', { name: 'Stolen question', ...new Authenticator(origin).create(forManager) }).refuses(422);
    const again = await client.post('/session/passkeys/challenge').gives(201);
    await client.post('/session/passkeys', { name: 'Twice', ...key.create(again) }).refuses(409, 'passkey_known');
    await client.post('/session/passkeys', { name: 'Used', ...new Authenticator(origin).create(again) }).refuses(422);
    // The question of one ceremony does not serve the other.
    await client.post('/session/passkeys', { name: 'Other', ...new Authenticator(origin).create({ ...(await question(house)), user_handle: '' }) }).refuses(422);
    await clear();
  });

  it('a passkey of one person is no second factor of another', async () => {
    const other = await added(house, 'manager');
    const { token, passkey } = (await house.browser.post('/session', { email: people.manager.email, password: people.manager.password }).refuses(401, 'second_factor_needed')).second_factor;
    await house.browser.post('/session/second_step', { token, passkey: key.get(passkey) }).refuses(401);
    const again = (await house.browser.post('/session', { email: people.manager.email, password: people.manager.password }).refuses(401, 'second_factor_needed')).second_factor;
    await house.browser.post('/session/second_step', { token: again.token, passkey: key.get(await question(house)) }).refuses(401);
    const third = (await house.browser.post('/session', { email: people.manager.email, password: people.manager.password }).refuses(401, 'second_factor_needed')).second_factor;
    await house.browser.post('/session/second_step', { token: third.token, passkey: other.key.get(third.passkey) }).gives(201);
  });
}, outside);

forBoth('passkeys without a name of the house', (house) => {
  it('are refused in words', async () => {
    await (await house.signedIn()).post('/session/passkeys/challenge').refuses(409, 'no_host_name');
    await house.browser.post('/session/passkey/challenge', {}).refuses(409, 'no_host_name');
  });

  it('work on the machine itself', async () => {
    const here = house.server.address.replace('127.0.0.1', 'localhost');
    const local = { ...house.sameOrigin, host: new URL(here).host, origin: here };
    const staff = house.with({ ...local, cookie: await house.signIn('staff') });
    const key = new Authenticator(here);
    await staff.post('/session/passkeys', { name: 'Mine', ...key.create(await staff.post('/session/passkeys/challenge').gives(201)) }).gives(201);
    const nobody = house.with(local);
    await nobody.post('/session/passkey', { passkey: key.get(await nobody.post('/session/passkey/challenge', {}).gives(201)) }).gives(201);
    const elsewhere = house.with({ ...local, host: 'evil.example', origin: 'http://evil.example' });
    await elsewhere.post('/session/passkey/challenge', {}).refuses(409, 'no_host_name');
  });

  it('are asked about by nobody without end', async () => {
    const nobody = house.with({ ...house.sameOrigin, host: 'localhost', origin: 'http://localhost' });
    const statuses = new Map<number, number>();
    for (let i = 0; i < 310; i++) {
      const { status } = await nobody.post('/session/passkey/challenge', {}).answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    assert.ok(statuses.get(201)! <= 300 && statuses.get(429)! >= 10, JSON.stringify([...statuses]));
  });
});
