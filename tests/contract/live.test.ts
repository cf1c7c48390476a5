// The live stream and presence: a colleague's change within a second, in order, and where one left off.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { within } from '../support/program.ts';

forBoth('the live stream', (house) => {
  it('tells of a change within a second, with ids and versions only', async () => {
    const live = await house.live('staff');
    assert.match(live.headers['content-type'] ?? '', /^text\/event-stream/);
    assert.match(live.headers['cache-control'] ?? '', /no-(store|cache)/);
    const asked = Date.now();
    const made = await house.customer({ display_name: 'Told at once' });
    const heard = await live.hears('the creation', (event) => event.data.subject?.id === made.id, 2_000);
    assert.ok(heard.heardAt - asked < within(1_000), `${heard.heardAt - asked} ms`);
    assert.deepEqual(Object.keys(heard.data).sort(), ['customer_id', 'kind', 'position', 'subject']);
    assert.deepEqual(heard.data.subject, { kind: 'customer', id: made.id, version: 1 });
    assert.equal(heard.data.kind, 'customer.created');
    assert.equal(heard.data.customer_id, made.id);
    assert.equal(heard.id, String(heard.data.position));
    live.close();
  });

  it('goes on where one left off', async () => {
    const live = await house.live();
    const first = await house.customer();
    const mark = await live.hears('the first', (event) => event.data.subject?.id === first.id);
    live.close();
    const missed: string[] = [];
    for (let step = 0; step < 30; step++) missed.push((await house.customer({ display_name: `Missed ${step}` })).id);
    const again = await house.live('owner', mark.id);
    await again.hears('the last that was missed', (event) => event.data.subject?.id === missed.at(-1));
    // Beside those that Patron tells itself, of segments that they entered.
    assert.deepEqual(again.events.filter((event) => event.data.kind === 'customer.created').map((event) => event.data.subject.id), missed);
    again.close();
  });

  it('goes on over a restart of the server', async () => {
    const live = await house.live();
    const made = await house.customer();
    const mark = await live.hears('it', (event) => event.data.subject?.id === made.id);
    live.close();
    const later = await house.customer();
    await house.restart();
    const again = await house.live('owner', mark.id);
    await again.hears('what came after', (event) => event.data.subject?.id === later.id);
    again.close();
  });

  it('begins anew when asked for something it never said', async () => {
    for (const id of ['999999999', 'nonsense', '-1']) {
      const live = await house.live('owner', id).catch((error) => error);
      if (live instanceof Error) assert.ok((live as any).status >= 400 && (live as any).status < 500, String(live));
      else live.close();
    }
    await house.stranger.get('/healthz').answers(200);
  });

  it('is for those who signed in', async () => {
    await assert.rejects(Live.open(house.server.address, { authorization: 'Bearer pk_nobody' }), /401/);
    await assert.rejects(Live.open(house.server.address, {}), /401/);
    const cookie = await house.signIn();
    const live = await Live.open(house.server.address, { ...house.sameOrigin, cookie });
    const made = await house.customer();
    await live.hears('it', (event) => event.data.subject?.id === made.id);
    live.close();
  });

  it('ends when the key is revoked', async () => {
    const { id, key } = await house.owner.post('/keys', { name: 'listener' }).gives(201);
    const live = await Live.open(house.server.address, { authorization: `Bearer ${key}` });
    await house.owner.delete(`/keys/${id}`).answers(204);
    await house.owner.until('the stream ends', async () => live.ended, 1_500);
  });

  it('serves two hundred listeners', async () => {
    const listeners = await Promise.all(Array.from({ length: 200 }, () => house.live()));
    const made = await house.customer();
    await Promise.all(listeners.map((live) => live.hears('it', (event) => event.data.subject?.id === made.id, 3_000)));
    for (const live of listeners) live.close();
  });
});

forBoth('presence', (house) => {
  it('says who is looking and what they edit, and forgets who leaves', async () => {
    const made = await house.customer();
    const path = `/customers/${made.id}/presence`;
    const live = await house.live();
    await house.as('staff').put(path, { field: 'phones' }).answer.then((answer) => assert.ok(answer.status === 200 || answer.status === 204, String(answer)));
    await live.hears('presence', (event) => event.data.kind === 'presence.changed', 1_500);
    const { data } = await house.owner.get(path).gives(200);
    assert.deepEqual(data.map((one: any) => [one.name, one.field]), [['Stan Staff', 'phones']]);
    await house.as('staff').put(path, { field: null }).answer;
    assert.equal((await house.owner.get(path).gives(200)).data[0].field, null);
    await house.as('staff').delete(path).answers(204);
    assert.deepEqual((await house.owner.get(path).gives(200)).data, []);
    await house.as('staff').put(path, { field: 7 }).refuses(422, 'invalid', ['/field']);
    assert.equal((await house.timeline(made.id)).length, 1, 'looking is not a happening');
    live.close();
  });
});
