// A new password by mail, invitations by mail, and word of changes: S13, S16.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { rows, stored } from '../support/database.ts';
import { forBoth, people } from '../support/house.ts';
import { messages, messageTo, tokenIn } from '../support/post.ts';

forBoth('a new password by mail', (house) => {
  const ask = (email: string) => house.browser.post('/session/reset', { email });
  const later = (minutes: number) => stored(house, `update links set expires_at=expires_at-${minutes * 60_000}`);

  it('is sent to whoever there is, and answered the same for whoever is not', async () => {
    await house.key('staff');
    const known = await ask(people.staff.email).answers(202);
    const unknown = await ask('nobody@example.com').answers(202);
    const odd = await ask('no address at all').answers(202);
    assert.deepEqual([known.text, unknown.text, odd.text], ['', '', '']);
    const names = (answer: typeof known) => Object.keys(answer.headers).filter((name) => name !== 'date').sort();
    assert.deepEqual(names(known), names(unknown));
    const message = await messageTo(house, people.staff.email);
    for (const name of ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type']) assert.ok(message.head[name], `${name}: ${message.raw}`);
    assert.match(message.head['message-id']!, /^<[^<>@\s]+@[\w.-]+>$/);
    assert.match(message.head['content-type']!, /text\/plain/);
    assert.match(message.text, /Stan Staff/);
    assert.ok(message.text.includes(`${house.server.address}/join#token=`));
    assert.equal(message.mode, 0o600);
    assert.equal(messages(house).length, 1);
  });

  it('leaves neither address nor link in the log, nor the token in the database', async () => {
    const token = tokenIn(await messageTo(house, people.staff.email));
    assert.match(house.server.output, /a mail was written/);
    assert.doesNotMatch(house.server.output, new RegExp(`${token}|${people.staff.email}|token=`));
    assert.ok(token.length >= 4 + 52, 'more than 128 bits');
    const kept = await stored(house, 'select token, purpose, expires_at from links');
    assert.equal(kept.length, 1);
    assert.match(kept[0]!.token!, /^[0-9a-f]{64}$/);
    assert.ok(!JSON.stringify(kept).includes(token));
    assert.deepEqual(await rows(house, 'select * from letters'), [], 'a letter that was sent is gone');
    assert.ok(Number(kept[0]!.expires_at) - Date.now() <= 30 * 60_000);
  });

  it('works once, ends all sessions, and tells', async () => {
    const open = await house.signedIn('staff');
    const before = messages(house).length;
    const token = tokenIn(await messageTo(house, people.staff.email));
    const { status } = await house.browser.post('/session/invitation', { token, password: 'password1234' }).answer;
    assert.equal(status, 422, 'the rules of passwords hold, and the link still works');
    await house.browser.post('/session/invitation', { token, password: 'chosen by a link' }).gives(201);
    await open.get('/session').refuses(401);
    await house.browser.post('/session/invitation', { token, password: 'chosen once more' }).refuses(422, 'invalid', ['/token']);
    await house.browser.post('/session', { email: people.staff.email, password: people.staff.password }).refuses(401);
    await house.browser.post('/session', { email: people.staff.email, password: 'chosen by a link' }).gives(201);
    assert.match((await messageTo(house, people.staff.email, before)).head.subject!, /was changed/);
  });

  it('is void after half an hour, and when another was asked for', async () => {
    let before = messages(house).length;
    await ask(people.staff.email).answers(202);
    const first = tokenIn(await messageTo(house, people.staff.email, before));
    before = messages(house).length;
    await ask(people.staff.email).answers(202);
    const second = tokenIn(await messageTo(house, people.staff.email, before));
    await house.browser.post('/session/invitation', { token: first, password: 'chosen by a link too' }).refuses(422);
    await later(31);
    await house.browser.post('/session/invitation', { token: second, password: 'chosen by a link too' }).refuses(422);
  });

  it('fills nobody’s mailbox', async () => {
    const before = messages(house).length;
    for (let i = 0; i < 6; i++) await ask(people.owner.email).answers(202);
    await house.owner.until('the letters', async () => (await rows(house, 'select id from letters')).length === 0);
    assert.ok(messages(house).length - before <= 3, `${messages(house).length - before} letters`);
  });

  it('goes to no one who was let go', async () => {
    const user = await house.owner.post('/users', { name: 'Gone Soon', email: 'gone@example.com', role_id: (await house.user('staff')).role_id }).gives(201);
    await house.owner.patch(`/users/${user.id}`, { state: 'disabled' }).gives(200);
    const before = messages(house).length;
    await ask('gone@example.com').answers(202);
    await house.owner.until('the letters', async () => (await rows(house, 'select id from letters')).length === 0);
    assert.equal(messages(house).length, before);
  });

  it('survives that the server ends before it is written', async () => {
    const mail = path.join(house.folder, 'mail');
    const before = messages(house).length;
    await stored(house, `insert into letters (id, kind, user_id, address, held_until) values (77, 'reset', null, '${people.manager.email}', 0)`);
    await house.key('manager');
    await house.restart('SIGKILL');
    await messageTo(house, people.manager.email, before);
    assert.deepEqual(readdirSync(mail).filter((name) => !name.endsWith('.eml')), []);
  });
});

forBoth('letters to staff', (house) => {
  it('carry an invitation, by which one joins', async () => {
    const user = await house.owner.post('/users', { name: 'Nora Näherin', email: 'nora@example.com', role_id: (await house.user('staff')).role_id }).gives(201);
    await house.owner.post(`/users/${user.id}/invitation/mail`).answers(202);
    const message = await messageTo(house, 'nora@example.com');
    assert.match(message.text, /Hello Nora Näherin,[\s\S]*Harbour Music/);
    await house.browser.post('/session/invitation', { token: tokenIn(message), password: 'needles and threads' }).gives(201);
    assert.equal((await house.owner.get(`/users/${user.id}`).gives(200)).state, 'active');
    await house.as('staff').post(`/users/${user.id}/invitation/mail`).refuses(403);
  });

  it('say what they are: an invitation to whoever never chose a password, a new one to whoever did', async () => {
    const user = await house.owner.post('/users', { name: 'Nils Neu', email: 'nils@example.com', role_id: (await house.user('staff')).role_id }).gives(201);
    await house.browser.post('/session/reset', { email: 'nils@example.com' }).answers(202);
    const invited = await messageTo(house, 'nils@example.com');
    assert.match(invited.text, /You are invited[\s\S]*within a week/);
    await house.browser.post('/session/invitation', { token: tokenIn(invited), password: 'needles and threads' }).gives(201);
    const before = messages(house).length;
    await house.owner.post(`/users/${user.id}/invitation/mail`).answers(202);
    assert.match((await messageTo(house, 'nils@example.com', before)).text, /A colleague sends you[\s\S]*within half an hour/);
  });

  it('tell the old address when it changes, end sessions and links', async () => {
    const user = await house.user('staff');
    const open = await house.signedIn('staff');
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    await house.owner.patch(`/users/${user.id}`, { email: 'stan.new@example.com' }).gives(200);
    assert.match((await messageTo(house, people.staff.email)).text, /address .* was changed/s);
    await open.get('/session').refuses(401);
    await house.browser.post('/session/invitation', { token: /#token=(.+)$/.exec(url)![1], password: 'needles and threads' }).refuses(422);
    assert.ok(!messages(house).some((one) => one.head.to!.includes('stan.new')));
  });

  it('tell when the password changes', async () => {
    const manager = await house.signedIn('manager');
    await manager.post('/session/password', { current: people.manager.password, password: 'a second long one' }).answers(204);
    assert.match((await messageTo(house, people.manager.email)).head.subject!, /password was changed/);
  });
});

forBoth('links in mail', (house) => {
  it('lead where the world reaches the house, whatever the request pretends', async () => {
    await house.with({ ...house.sameOrigin, host: 'evil.example', origin: undefined }).post('/session/reset', { email: people.owner.email }).answers(202);
    const message = await messageTo(house, people.owner.email);
    assert.match(message.text, /https:\/\/crm\.example\.com\/join#token=/);
    assert.match(message.head['message-id']!, /@crm\.example\.com>$/);
    assert.doesNotMatch(message.raw, /evil/);
  });
}, { serve: ['--public-url', 'https://crm.example.com'] });
