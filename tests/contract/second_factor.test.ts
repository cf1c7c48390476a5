// The second factor: codes from a phone, recovery codes, what a role asks for: S14, S16, S73.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Client, Json } from '../support/client.ts';
import { rows, stored } from '../support/database.ts';
import { forBoth, people, type House, type Role } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { codeOf, forgetCodes } from '../support/phone.ts';
import { messages, messageTo, tokenIn } from '../support/post.ts';

async function enrol(house: House, role: Role): Promise<{ client: Client; secret: string; recovery: string[]; enrolment: Json }> {
  const client = await house.signedIn(role);
  const enrolment = await client.post('/session/second_factor').gives(201);
  const { recovery_codes } = await client.post('/session/second_factor/confirmation', { code: await codeOf(enrolment.secret) }).gives(200);
  await forgetCodes(house);
  return { client, secret: enrolment.secret, recovery: recovery_codes, enrolment };
}

const first = async (house: House, role: Role) => {
  const { email, password } = people[role];
  const problem = await house.browser.post('/session', { email, password }).refuses(401, 'second_factor_needed');
  return problem.second_factor;
};

forBoth('a second factor', (house) => {
  let secret = '';
  let recovery: string[] = [];

  it('is set up with what phones read, and confirmed by a code', async () => {
    const staff = await house.signedIn('staff');
    const other = await house.signedIn('staff');
    assert.deepEqual(await staff.get('/session/second_factor').gives(200), { codes: false, passkeys: 0, recovery_codes_left: 0, required: false });
    const enrolment = await staff.post('/session/second_factor').gives(201);
    const url = new URL(enrolment.url);
    assert.equal(url.protocol + url.host, 'otpauth:totp');
    assert.equal(decodeURIComponent(url.pathname), `/Harbour Music:${people.staff.email}`);
    assert.deepEqual(Object.fromEntries(url.searchParams), { secret: enrolment.secret, issuer: 'Harbour Music', algorithm: 'SHA1', digits: '6', period: '30' });
    assert.equal(enrolment.secret.length, 32, '160 bits');
    assert.ok(enrolment.qr.length >= 21 && enrolment.qr.every((row: string) => row.length === enrolment.qr.length && /^[01]+$/.test(row)));
    await staff.post('/session/second_factor/confirmation', { code: '000000' }).refuses(422, 'invalid', ['/code']);
    const before = messages(house).length;
    const confirmed = await staff.post('/session/second_factor/confirmation', { code: await codeOf(enrolment.secret) }).gives(200);
    assert.equal(new Set(confirmed.recovery_codes).size, 10);
    for (const code of confirmed.recovery_codes) assert.match(code, /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
    await staff.get('/session').gives(200);
    await other.get('/session').refuses(401);
    assert.match((await messageTo(house, people.staff.email, before)).head.subject!, /second factor/);
    assert.deepEqual(await staff.get('/session/second_factor').gives(200), { codes: true, passkeys: 0, recovery_codes_left: 10, required: false });
    assert.equal((await house.user('staff')).second_factor, true);
    secret = enrolment.secret;
    recovery = confirmed.recovery_codes;
  });

  it('is asked for behind the password, and lets in by a code that is taken once', async () => {
    await forgetCodes(house);
    const step = await first(house, 'staff');
    assert.deepEqual(step.kinds, ['code', 'recovery_code']);
    assert.ok(Date.parse(step.expires_at) - Date.now() <= 5 * 60_000);
    const code = await codeOf(secret);
    await house.browser.post('/session/second_step', { token: step.token, code: code === '123456' ? '654321' : '123456' }).refuses(401, 'wrong_code');
    const inside = await house.browser.post('/session/second_step', { token: step.token, code: `${code.slice(0, 3)} ${code.slice(3)}` }).answers(201);
    assert.equal(inside.json.user.email, people.staff.email);
    assert.match(inside.headers['set-cookie']![0]!, /^patron=/);
    await house.browser.post('/session/second_step', { token: step.token, code: await codeOf(secret, 30) }).refuses(401, 'second_step_void');
    const again = await first(house, 'staff');
    await house.browser.post('/session/second_step', { token: again.token, code }).refuses(401, 'wrong_code');
    await house.browser.post('/session/second_step', { token: again.token, code: await codeOf(secret, 30) }).gives(201);
    const third = await first(house, 'staff');
    await house.browser.post('/session/second_step', { token: third.token, code: await codeOf(secret, -30) }).refuses(401, 'wrong_code');
  });

  it('takes a code once, at the same moment, too', async () => {
    await forgetCodes(house);
    await stored(house, 'delete from tries');
    const steps = await Promise.all([1, 2, 3, 4].map(() => first(house, 'staff')));
    const code = await codeOf(secret);
    const statuses = await Promise.all(steps.map(async ({ token }) => (await house.browser.post('/session/second_step', { token, code }).answer).status));
    assert.deepEqual(statuses.sort(), [201, 401, 401, 401]);
    await stored(house, 'delete from tries');
  });

  it('takes codes of the step before and the one after, no others', async () => {
    for (const [offset, works] of [[-90, false], [90, false], [-30, true], [30, true], [0, true]] as const) {
      await forgetCodes(house);
      await stored(house, 'delete from tries');
      const step = await first(house, 'staff');
      const answer = await house.browser.post('/session/second_step', { token: step.token, code: await codeOf(secret, offset) }).answer;
      assert.equal(answer.status, works ? 201 : 401, `${offset} s: ${answer}`);
    }
  });

  it('is tried five times a minute, wherever from', async () => {
    await stored(house, 'delete from tries');
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await house.browser.post('/session/second_step', { token: (await first(house, 'staff')).token, code: '000000' }).answer).status);
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
    await forgetCodes(house);
    await house.browser.post('/session/second_step', { token: (await first(house, 'staff')).token, code: await codeOf(secret) }).refuses(429);
    await stored(house, 'delete from tries');
  });

  it('gives way to recovery codes, each once', async () => {
    const typed = recovery[0]!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l');
    await house.browser.post('/session/second_step', { token: (await first(house, 'staff')).token, recovery_code: typed }).gives(201);
    await house.browser.post('/session/second_step', { token: (await first(house, 'staff')).token, recovery_code: recovery[0] }).refuses(401, 'wrong_code');
    const one = await first(house, 'staff');
    const both = await Promise.all([1, 2, 3].map(() => house.browser.post('/session/second_step', { token: one.token, recovery_code: recovery[1] }).answer));
    assert.equal(both.filter((answer) => answer.status === 201).length, 1, 'at the same moment, too');
    const staff = house.with({ ...house.sameOrigin, cookie: both.find((answer) => answer.status === 201)!.headers['set-cookie']![0]!.split(';')[0] });
    assert.equal((await staff.get('/session/second_factor').gives(200)).recovery_codes_left, 8);
    const { recovery_codes } = await staff.post('/session/second_factor/recovery_codes').gives(201);
    assert.equal(recovery_codes.length, 10);
    await stored(house, 'delete from tries');
    await house.browser.post('/session/second_step', { token: (await first(house, 'staff')).token, recovery_code: recovery[2] }).refuses(401, 'wrong_code');
    recovery = recovery_codes;
  });

  it('keeps neither seed nor recovery codes to be read', async () => {
    const kept = JSON.stringify([await rows(house, 'select seed, pending from codes'), await rows(house, 'select token from recovery_codes'), await rows(house, 'select * from spine'), await rows(house, 'select * from audit'), await rows(house, 'select key, body from idempotency')]);
    for (const secretText of [secret, ...recovery, ...recovery.map((code) => code.replaceAll('-', ''))]) assert.ok(!kept.includes(secretText), secretText);
    assert.ok(!house.server.output.includes(secret));
    assert.equal(statSync(path.join(house.folder, 'secrets.key')).mode & 0o777, 0o600);
  });

  it('is asked for behind a new password, too', async () => {
    const before = messages(house).length;
    await house.browser.post('/session/reset', { email: people.staff.email }).answers(202);
    const token = tokenIn(await messageTo(house, people.staff.email, before));
    const halfway = await first(house, 'staff');
    const problem = await house.browser.post('/session/invitation', { token, password: 'a new one by mail' }).refuses(401, 'second_factor_needed');
    await forgetCodes(house);
    await house.browser.post('/session/second_step', { token: halfway.token, code: await codeOf(secret) }).refuses(401, 'second_step_void');
    await forgetCodes(house);
    await house.browser.post('/session/second_step', { token: problem.second_factor.token, code: await codeOf(secret) }).gives(201);
    await house.browser.post('/session', { email: people.staff.email, password: people.staff.password }).refuses(401, 'sign_in_failed');
    await house.browser.post('/session', { email: people.staff.email, password: 'a new one by mail' }).refuses(401, 'second_factor_needed');
  });

  it('is taken away by who may act for that person, when both are lost', async () => {
    const user = await house.user('staff');
    await house.as('read_only').delete(`/users/${user.id}/second_factor`).refuses(403);
    await house.as('staff').delete(`/users/${user.id}/second_factor`).refuses(403);
    const before = messages(house).length;
    await house.owner.delete(`/users/${user.id}/second_factor`).answers(204);
    await messageTo(house, people.staff.email, before);
    await house.browser.post('/session', { email: people.staff.email, password: 'a new one by mail' }).gives(201);
    assert.equal((await house.user('staff')).second_factor, false);
    await house.owner.delete(`/users/${user.id}/second_factor`).refuses(404);
    assert.deepEqual(await rows(house, 'select token from recovery_codes'), []);
  });

  it('of an owner who lost it, by the command line', async () => {
    const { client } = await enrol(house, 'owner');
    await first(house, 'owner');
    await house.command(['user', 'reset', people.owner.email, '--second-factor']);
    await client.get('/session').refuses(401);
    await house.browser.post('/session', { email: people.owner.email, password: people.owner.password }).gives(201);
  });

  it('can be taken away by oneself', async () => {
    const { client } = await enrol(house, 'manager');
    await client.delete('/session/second_factor').answers(204);
    await house.browser.post('/session', { email: people.manager.email, password: people.manager.password }).gives(201);
    await house.owner.post('/session/second_factor').refuses(403, 'not_by_key');
  });

  it('holds over a restart, and not with another key', async () => {
    const { secret } = await enrol(house, 'manager');
    await house.restart();
    await house.browser.post('/session/second_step', { token: (await first(house, 'manager')).token, code: await codeOf(secret) }).gives(201);
    await stored(house, `update codes set seed='${Buffer.alloc(60, 7).toString('base64url')}', last_step=0`);
    await house.browser.post('/session/second_step', { token: (await first(house, 'manager')).token, code: await codeOf(secret) }).refuses(503, 'secrets_key_missing');
  });
});

forBoth('a role that asks for a second factor', (house) => {
  it('lets its people do nothing else before they have one', async () => {
    const staff = await house.signedIn('staff');
    const role = (await house.user('staff')).role_id;
    await staff.get('/customers').gives(200);
    const live = await Live.open(house.server.address, { cookie: await house.signIn('staff') });
    await house.owner.patch(`/roles/${role}`, { second_factor_required: true }).gives(200);
    await house.owner.until('the open stream to end', async () => live.ended);
    for (const path of ['/customers', '/users', '/notes', '/events?after=0', '/live']) await staff.get(path).refuses(403, 'second_factor_required');
    await staff.post('/customers', { display_name: 'X' }).refuses(403, 'second_factor_required');
    assert.equal((await staff.get('/session').gives(200)).second_factor_missing, true);
    assert.equal((await staff.get('/session/second_factor').gives(200)).required, true);
    await house.as('staff').get('/customers').gives(200);
    const fresh = await house.signedIn('staff');
    const { secret } = await fresh.post('/session/second_factor').gives(201);
    await fresh.post('/session/second_factor/confirmation', { code: await codeOf(secret) }).gives(200);
    await fresh.get('/customers').gives(200);
    assert.equal((await fresh.get('/session').gives(200)).second_factor_missing, false);
    await fresh.delete('/session/second_factor').refuses(409, 'second_factor_required');
  });
});
