// Signing in at a certified OpenID provider: X01.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import type { Json } from '../support/client.ts';
import { rows, stored } from '../support/database.ts';
import { forBoth, people } from '../support/house.ts';
import { allowed, Browser, client, serveCertified, Station, walk, type Account } from '../support/openid.ts';
import { codeOf, forgetCodes } from '../support/phone.ts';
import { messages, messageTo } from '../support/post.ts';

const certified = await Station.open();

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
    assert.deepEqual((await house.done(position)).map((event) => [event.kind, event.actor.id]), [['identity.linked', staff.id], ['session.started', staff.id]]);
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

  it('is unlinked with a proof, and whoever came by it elsewhere is out', async () => {
    const browser = new Browser(house);
    const thief = new Browser(house);
    await enter('stan', browser);
    await enter('stan', thief);
    const [one] = (await inside(browser).get('/session/identities').gives(200)).data;
    await (await house.signedIn()).delete(`/session/identities/${one.id}`).refuses(404);
    await stored(house, 'update sessions set proven_at=0');
    await house.owner.patch('/business', { name: 'Harbour Music' }).gives(200);
    await inside(browser).delete(`/session/identities/${one.id}`).refuses(403, 'step_up_needed');
    assert.equal((await browser.call('POST', '/session/proof', { password: people.staff.password })).status, 200);
    const sent = messages(house).length;
    await inside(thief).get('/session').gives(200);
    assert.equal((await browser.call('DELETE', `/session/identities/${one.id}`)).status, 204);
    await inside(thief).get('/session').refuses(401);
    assert.match((await messageTo(house, people.staff.email, sent)).head.subject!, /unlinked/);
    assert.ok((await house.spine()).some((event) => event.kind === 'identity.unlinked'));
    assert.deepEqual((await inside(browser).get('/session/identities').gives(200)).data, []);
  });

  it('is unlinked by whoever may act in that colleague’s place', async () => {
    const browser = new Browser(house);
    const { user } = (await enter('stan', browser)).json;
    const path = `/users/${user.id}/identities`;
    await house.as('staff').delete(path).refuses(403, 'not_allowed');
    await house.as('manager').delete(`/users/${(await house.user('manager')).id}/identities`).refuses(403, 'above_your_rights');
    await house.as('manager').delete(`/users/${(await house.user('owner')).id}/identities`).refuses(403, 'above_your_rights');
    await inside(browser).get('/session').gives(200);
    const sent = messages(house).length;
    const position = (await house.spine()).at(-1)!.position;
    await house.as('manager').delete(path).answers(204);
    await inside(browser).get('/session').refuses(401);
    const told = (await house.spine(position)).filter((event) => event.kind === 'identity.unlinked');
    assert.deepEqual(told.map((event) => [event.subject.id, event.actor.kind]), [[user.id, 'key']]);
    assert.match((await messageTo(house, people.staff.email, sent)).head.subject!, /unlinked/);
    assert.deepEqual(await rows(house, `select id from identities where user_id=(select id from users where email='${people.staff.email}')`), []);
    await house.as('manager').delete(path).refuses(404, 'no_identity');
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
