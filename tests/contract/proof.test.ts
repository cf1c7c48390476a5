// Acts that a session left open is not enough for: S18.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Answer, Json } from '../support/client.ts';
import { rows, stored } from '../support/database.ts';
import { forBoth, people, type House } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { codeOf } from '../support/phone.ts';

/** As if everybody had signed in six minutes ago; what the server remembers of them goes with a change of the business. */
async function later(house: House): Promise<void> {
  await stored(house, `update sessions set proven_at=proven_at-${6 * 60_000}`);
  await house.owner.patch('/business', { name: `Harbour ${Math.random()}` }).gives(200);
}

forBoth('a proof that it is really me', (house) => {
  it('is asked for by every act of the list, from sessions alone', async () => {
    const owner = await house.signedIn();
    const staff = await house.user('staff');
    const manager = await house.user('manager');
    const own = await owner.post('/roles', { name: 'Own', permissions: ['tags.view'], visibility: 'own' }).gives(201);
    const key = await owner.post('/keys', { name: 'Held' }).gives(201);
    const invited = await owner.post('/users', { name: 'Ina Invited', email: 'ina@example.com', role_id: staff.role_id }).gives(201);
    const list = await house.owner.post('/imports?kind=staff&filename=staff.csv', undefined, { bytes: 'name,email\nIda,ida@example.com\n', headers: { 'content-type': 'text/csv' } }).gives(201);
    const acts: [string, string, unknown?][] = [
      ['POST', '/roles', { name: 'Other', permissions: ['tags.view'], visibility: 'own' }],
      ['PATCH', `/roles/${own.id}`, { name: 'Renamed' }],
      ['DELETE', `/roles/${own.id}`],
      ['PATCH', `/users/${staff.id}`, { role_id: manager.role_id }],
      ['POST', '/users', { name: 'Back Door', email: 'back.door@example.com', role_id: manager.role_id }],
      ['PATCH', `/users/${staff.id}`, { email: 'stan.other@example.com' }],
      ['POST', `/imports/${list.id}/run`],
      ['POST', `/users/${invited.id}/invitation`],
      ['POST', `/users/${staff.id}/invitation`],
      ['POST', `/users/${staff.id}/invitation/mail`],
      ['DELETE', `/users/${staff.id}/second_factor`],
      ['DELETE', `/users/${staff.id}/identities`],
      ['POST', '/keys', { name: 'Another' }],
      ['PATCH', `/keys/${key.id}`, { name: 'Renamed' }],
      ['POST', '/session/second_factor'],
      ['POST', '/session/second_factor/recovery_codes'],
      ['DELETE', '/session/second_factor'],
    ];
    await later(house);
    for (const [method, path, body] of acts) await owner.call(method, path, body).refuses(403, 'step_up_needed');
    // What is not on the list goes on as before, and taking something away is never made harder.
    await owner.patch(`/users/${staff.id}`, { title: 'Clerk' }).gives(200);
    await owner.delete(`/keys/${key.id}`).answers(204);
    for (const [method, path, body] of acts.slice(0, 5)) {
      const answer = await house.owner.call(method, path, body).answer;
      assert.ok(answer.status < 300, `a key acts within its scopes: ${answer}`);
    }
    await house.owner.patch(`/users/${staff.id}`, { role_id: staff.role_id }).gives(200);
  });

  it('is given by the password or a code, and holds five minutes', async () => {
    const owner = await house.signedIn();
    await later(house);
    const act = () => owner.post('/keys', { name: 'Proven' });
    await owner.post('/session/proof', { password: 'not the password' }).refuses(422, 'invalid', ['/password']);
    await owner.post('/session/proof', { code: '123456' }).refuses(422, 'invalid', ['/code']);
    await owner.post('/session/proof', {}).refuses(422);
    await owner.post('/session/proof', { password: people.owner.password, code: '123456' }).refuses(422);
    await act().refuses(403, 'step_up_needed');
    const { proven_until } = await owner.post('/session/proof', { password: people.owner.password }).gives(200);
    assert.ok(Math.abs(Date.parse(proven_until) - Date.now() - 5 * 60_000) < 60_000);
    await act().gives(201);
    const { secret } = await owner.post('/session/second_factor').gives(201);
    const { recovery_codes } = await owner.post('/session/second_factor/confirmation', { code: await codeOf(secret) }).gives(200);
    await later(house);
    const alone = await owner.post('/session/proof', { password: people.owner.password }).refuses(422, 'invalid', ['/password']);
    assert.equal(alone.errors[0].code, 'second_factor_needed', 'the password alone is no proof of who has a second factor');
    await act().refuses(403, 'step_up_needed');
    await owner.post('/session/proof', { recovery_code: recovery_codes[0] }).gives(200);
    await act().gives(201);
    await later(house);
    await owner.post('/session/proof', { recovery_code: recovery_codes[0] }).refuses(422, 'invalid', ['/recovery_code']);
    await act().refuses(403, 'step_up_needed');
    await owner.post('/session/proof', { code: await codeOf(secret, 30) }).gives(200);
    await act().gives(201);
    await later(house);
    await owner.post('/session/proof', { code: await codeOf(secret, 30) }).refuses(422, 'invalid', ['/code']);
    await act().refuses(403, 'step_up_needed');
    await house.owner.post('/session/proof', { password: people.owner.password }).refuses(409, 'no_session');
  });

  it('gives the session another token, as every change of how one signs in does; the one of before is dead at once', async () => {
    const { email, password } = people.read_only;
    await house.user('read_only');
    const jar = (answer: Answer) => answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    let cookie = await house.signIn('read_only');
    const current = async () => (await house.with({ cookie }).get('/sessions').gives(200)).data.find((one: Json) => one.current).id;
    const session = await current();
    const live = await Live.open(house.server.address, { ...house.sameOrigin, cookie });
    const seen = new Set([cookie]);
    let confirmed: Json;
    const goesOn = async (method: string, path: string, body?: Json) => {
      const answer = await house.with({ ...house.sameOrigin, cookie }).call(method, path, body).answer;
      assert.ok(answer.status < 300, String(answer));
      const fresh = jar(answer);
      assert.match(fresh, /^patron=ps_/, `${answer.asked} renews`);
      assert.match(answer.headers['set-cookie']![0]!, /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2591\d\d\d/);
      assert.ok(!seen.has(fresh));
      seen.add(fresh);
      await house.with({ cookie }).get('/session').refuses(401, 'not_signed_in');
      cookie = fresh;
      assert.equal(await current(), session, 'it stays the same device in the list');
      return answer.json;
    };
    await goesOn('POST', '/session/proof', { password });
    await goesOn('POST', '/session/password', { current: password, password: 'fifty-one violet lamps' });
    await goesOn('POST', '/session/password', { current: 'fifty-one violet lamps', password });
    const { secret } = await house.with({ ...house.sameOrigin, cookie }).post('/session/second_factor').gives(201);
    confirmed = await goesOn('POST', '/session/second_factor/confirmation', { code: await codeOf(secret) });
    await goesOn('POST', '/session/proof', { recovery_code: confirmed.recovery_codes[0] });
    await goesOn('DELETE', '/session/second_factor');
    for (const old of seen) if (old !== cookie) await house.with({ cookie: old }).get('/session').refuses(401);
    const kept = (await rows(house, 'select token from sessions')).map(([token]) => token);
    assert.ok(kept.includes(createHash('sha256').update(cookie.slice('patron='.length)).digest('hex')), 'its hash is kept');
    assert.doesNotMatch(kept.join(), /ps_/);
    assert.equal(live.ended, false, 'a stream that is open goes on');
    live.close();
    assert.equal(email, (await house.with({ cookie }).get('/session').gives(200)).user.email);
  });

  it('given twice at the same moment leaves the browser with a cookie that holds', async () => {
    for (let round = 0; round < 10; round++) {
      const cookie = await house.signIn('read_only');
      const ask = () => house.with({ ...house.sameOrigin, cookie }).post('/session/proof', { password: people.read_only.password }).answer;
      const answers = await Promise.all([ask(), ask()]);
      const fresh = answers.flatMap((answer) => answer.headers['set-cookie'] ?? []);
      assert.deepEqual(new Set(answers.map((answer) => answer.status)).has(200), true);
      assert.equal(fresh.length, 1, answers.map(String).join('\n'));
      await house.with({ cookie: fresh[0]!.split(';')[0] }).get('/session').gives(200);
    }
  });

  it('of one session says nothing of another', async () => {
    const [one, two] = [await house.signedIn('manager'), await house.signedIn('manager')];
    await later(house);
    await one.post('/session/proof', { password: people.manager.password }).gives(200);
    await one.post('/keys', { name: 'One' }).gives(201);
    await two.post('/keys', { name: 'Two' }).refuses(403, 'step_up_needed');
  });

  it('cannot be guessed', async () => {
    const staff = await house.signedIn('staff');
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await staff.post('/session/proof', { password: `guess number ${i}` }).answer).status);
    assert.deepEqual(statuses, [...Array(10).fill(422), 429, 429]);
    // A new password by a link lets its owner prove again.
    const { url } = await house.owner.post(`/users/${(await house.user('staff')).id}/invitation`).gives(201);
    const entered = await house.browser.post('/session/invitation', { token: /#token=(.+)$/.exec(url)![1], password: 'a wholly other one' }).answers(201);
    const anew = house.with({ ...house.sameOrigin, cookie: entered.headers['set-cookie']![0]!.split(';')[0] });
    await anew.post('/session/proof', { password: 'a wholly other one' }).gives(200);
  });

  it('stands before an export of more than a thousand rows', async () => {
    const manager = await house.signedIn('manager');
    const csv = `name\n${Array.from({ length: 1001 }, (_, i) => `Person ${i}`).join('\n')}\n`;
    const { id } = await house.owner.post('/imports?filename=many.csv', undefined, { bytes: csv, headers: { 'content-type': 'text/csv' } }).gives(201);
    await house.owner.post(`/imports/${id}/run`, {}).gives(202);
    await house.owner.until('the import', async () => (await house.owner.get(`/imports/${id}`).gives(200)).state === 'done', 60_000);
    await manager.get('/exports/customers.csv').answers(200);
    await later(house);
    await manager.get('/exports/customers.csv').refuses(403, 'step_up_needed');
    await manager.get('/exports/customers.csv?q=Person%2077').answers(200);
    await house.as('manager').get('/exports/customers.csv').answers(200);
    await manager.post('/session/proof', { password: people.manager.password }).gives(200);
    await manager.get('/exports/customers.csv').answers(200);
  });
});
