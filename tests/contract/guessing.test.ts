// Passwords that are taken, and how often one may guess: S10, S12, S13.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import type { Client, Headers } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { forBoth, people, type House } from '../support/house.ts';

const behindProxy = { serve: ['--trusted-proxy', '127.0.0.1'] };

/** A browser in another place of the world. */
const from = (house: House, address: string, headers: Headers = {}): Client => house.with({ ...house.sameOrigin, 'x-forwarded-for': address, ...headers });
const cookiesOf = (answer: { headers: { 'set-cookie'?: string[] } }) => (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]!);

let place = 0;
async function guess(house: House, email: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await from(house, `198.51.${100 + (place >> 8)}.${place++ & 255}`).post('/session', { email, password: `guess number ${i}` }).answer).status);
  return statuses;
}
/** As if so much time had gone by. */
const later = (house: House, minutes: number) => stored(house, `update tries set locked_until=locked_until-${minutes * 60_000}, first_at=first_at-${minutes * 60_000}`);

forBoth('a password', (house) => {
  const kept = async (password: string) => {
    const client = await house.signedIn('staff');
    return { client, answer: await client.post('/session/password', { current: people.staff.password, password }).answer };
  };

  it('may hold anything and is kept whole', async () => {
    for (const password of ['   outer spaces   ', 'alllowercaselettersonly', '🦊 and 漢字 and عربى', 'x y z '.repeat(21) + 'ab', '<script>alert("x")</script>', '"; drop table users; --']) {
      const { answer } = await kept(password);
      assert.equal(answer.status, 204, `${password}: ${answer}`);
      await house.browser.post('/session', { email: people.staff.email, password: `${password}x`.slice(0, 128).replace(/b$/, 'c') }).refuses(401);
      const back = await house.browser.post('/session', { email: people.staff.email, password }).answers(201);
      const client = house.with({ ...house.sameOrigin, cookie: cookiesOf(back)[0] });
      await client.post('/session/password', { current: password, password: people.staff.password }).answers(204);
    }
  });

  it('is refused when guessing begins with it, or when others know its words', async () => {
    for (const [password, code] of [
      ['short one', 'too_short'], ['x'.repeat(129), 'too_long'], ['Password2026!', 'well_known'], ['p4ssw0rd!!!!', 'well_known'], ['qwertyuiop[]12', 'well_known'],
      ['abababababab', 'too_easy'], ['123456789012345', 'well_known'], ['asdfghjklpoiuytr', 'too_easy'], ['stan@example.com', 'too_close'], ['Harbour Music 1', 'too_close'], ['patron-patron-26', 'too_close'],
    ] as const) {
      const problem = await (await house.signedIn('staff')).post('/session/password', { current: people.staff.password, password }).refuses(422, 'invalid', ['/password']);
      assert.equal(problem.errors[0].code, code, password);
    }
  });

  it('asks for no capital, digit or sign, and never grows old', async () => {
    assert.equal((await kept('correct kettle mountain')).answer.status, 204);
    const day = 24 * 3_600_000;
    await stored(house, `update passwords set changed_at=changed_at-${2000 * day}`);
    const back = await house.browser.post('/session', { email: people.staff.email, password: 'correct kettle mountain' }).answers(201);
    assert.equal(back.json.user.email, people.staff.email);
  });
});

forBoth('guessing', (house) => {
  const { email, password } = people.staff;

  it('ends after ten tries, with the right password too, and the same for nobody', async () => {
    await house.key('staff');
    assert.deepEqual(await guess(house, email, 12), [...Array(10).fill(401), 429, 429]);
    assert.deepEqual(await guess(house, 'nobody@example.com', 12), [...Array(10).fill(401), 429, 429]);
    const locked = await from(house, '203.0.113.1').post('/session', { email, password }).answers(429);
    const nobody = await from(house, '203.0.113.2').post('/session', { email: 'nobody@example.com', password }).answers(429);
    assert.ok(Number(locked.header('retry-after')) > 25 * 60 && Number(locked.header('retry-after')) <= 30 * 60);
    assert.deepEqual({ ...locked.json, instance: 0 }, { ...nobody.json, instance: 0 });
  });

  it('is on record to the last try, by the minute', async () => {
    const { id } = await house.user('staff');
    const told = async () => (await house.owner.all('/audit?kind=session.held_back')).map((row) => ({ ...row, tries: Number(/^(\d+) tries$/.exec(row.fields[0])![1]) }));
    await house.owner.until('the first of them', async () => (await told()).some((row) => row.subject === id));
    for (let i = 0; i < 30; i++) await from(house, '203.0.113.77').post('/session', { email, password: `held ${i}` }).refuses(429);
    // What was counted since is told when the server ends.
    await house.restart();
    const rows = (await told()).filter((row) => row.address === '203.0.113.77');
    assert.ok(rows.length <= 2, JSON.stringify(rows));
    assert.equal(rows.reduce((sum, row) => sum + row.tries, 0), 30);
    for (const row of rows) assert.deepEqual([row.subject, row.outcome, row.actor.name, row.route], [id, 429, 'Nobody', 'POST /api/v1/session']);
    assert.equal((await told()).reduce((sum, row) => sum + row.tries, 0), 30 + 6, 'those of the story above among them');
    await house.command(['audit']);
  });

  it('stays over when the server starts again', async () => {
    await house.restart();
    await from(house, '203.0.113.3').post('/session', { email, password }).refuses(429, 'too_many_tries');
  });

  it('does not shut out whoever signed in on the device before', async () => {
    await later(house, 31);
    const first = await from(house, '203.0.113.4').post('/session', { email, password }).answers(201);
    const device = cookiesOf(first).find((cookie) => cookie.startsWith('patron-device='));
    assert.ok(device, 'a cookie that knows the device');
    assert.match(first.headers['set-cookie']![1]!, /; HttpOnly/);
    assert.equal((await guess(house, email, 11)).at(-1), 429);
    await from(house, '203.0.113.5').post('/session', { email, password }).refuses(429);
    const begun = Date.now();
    await from(house, '203.0.113.5', { cookie: device }).post('/session', { email, password }).answers(201);
    assert.ok(Date.now() - begun < 20_000);
    // The device is that person's alone, and it may not guess for ever either.
    const owner = people.owner;
    assert.equal((await guess(house, owner.email, 11)).at(-1), 429);
    await from(house, '203.0.113.6', { cookie: device }).post('/session', { email: owner.email, password: owner.password }).refuses(429);
    for (let i = 0; i < 10; i++) await from(house, '203.0.113.7', { cookie: device }).post('/session', { email, password: 'wrong from the desk' }).refuses(401);
    await from(house, '203.0.113.7', { cookie: device }).post('/session', { email, password }).refuses(429);
  });

  it('goes on after half an hour, but never beyond a hundred in a row', async () => {
    const { email } = people.manager;
    await house.key('manager');
    let tried = 0;
    for (let round = 0; round < 12; round++) {
      tried += (await guess(house, email, 11)).filter((status) => status === 401).length;
      await later(house, 31);
    }
    assert.equal(tried, 100);
    await later(house, 60 * 24 * 30);
    await from(house, '203.0.113.8').post('/session', { email, password: people.manager.password }).refuses(429);
    // Until whoever it is shows it: by a link that only they get.
    const user = await house.user('manager');
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    await from(house, '203.0.113.9').post('/session/invitation', { token: /#token=(.+)$/.exec(url)![1], password: 'a wholly other one' }).gives(201);
    await from(house, '203.0.113.10').post('/session', { email, password: 'a wholly other one' }).gives(201);
  });

  it('counts tries before they are right or wrong, so that many at once are no more', async () => {
    const { email } = people.read_only;
    await house.key('read_only');
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => from(house, `192.0.2.${i}`).post('/session', { email, password: `all at once ${i}` }).answer));
    assert.equal(answers.filter((answer) => answer.status === 401).length, 10);
    assert.equal(answers.filter((answer) => answer.status === 429).length, 50);
  });

  it('from one place ends for all accounts, and goes on later', async () => {
    await later(house, 31);
    const statuses: number[] = [];
    for (let i = 0; i < 55; i++) statuses.push((await from(house, '192.0.2.200').post('/session', { email: `person${i}@example.com`, password: 'summer in the garden' }).answer).status);
    assert.deepEqual([statuses.indexOf(429), statuses.lastIndexOf(401)], [50, 49]);
    await from(house, '192.0.2.200').post('/session', { email: people.owner.email, password: people.owner.password }).refuses(429);
    await from(house, '192.0.2.201').post('/session', { email: 'person1@example.com', password: 'summer in the garden' }).refuses(401);
    await later(house, 16);
    await from(house, '192.0.2.200').post('/session', { email: 'person2@example.com', password: 'summer in the garden' }).refuses(401);
  });

  it('finds no password among many, though it is there', async () => {
    await later(house, 31);
    const other = { name: 'Vic Victim', email: 'victim@example.com', password: 'nineteen purple cranes' };
    const user = await house.owner.post('/users', { name: other.name, email: other.email, role_id: (await house.user('staff')).role_id }).gives(201);
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    await from(house, '203.0.113.20').post('/session/invitation', { token: /#token=(.+)$/.exec(url)![1], password: other.password }).gives(201);
    const found: number[] = [];
    await Promise.all(Array.from({ length: 8 }, async (_, worker) => {
      for (let i = worker; i < 2_000; i += 8) {
        const answer = await from(house, `100.64.${i >> 8}.${i & 255}`).post('/session', { email: other.email, password: i === 1_000 ? other.password : `guess ${i} of many` }).answer;
        if (answer.status === 201) found.push(i);
      }
    }));
    assert.deepEqual(found, []);
  });
}, behindProxy);
