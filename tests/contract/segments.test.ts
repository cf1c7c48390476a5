// Segments: ready-made ones, own ones from any filter, previews, members with a reason, and a story of who came and went.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

/** Asks again until it is so; what follows from a change does so within moments. */
async function eventually<T>(ask: () => Promise<T>, so: (answer: T) => boolean): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (so(answer) || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

forBoth('segments', (house) => {
  let tag: any;
  let gold: any;
  let ann: any;

  const members = async (id: string) => (await house.owner.all(`/segments/${id}/members`)).map((one) => one.customer_id).sort();
  const settles = (id: string, ids: string[]) => eventually(() => members(id), (now) => JSON.stringify(now) === JSON.stringify([...ids].sort()));
  const ofCustomer = async (id: string) => (await house.owner.get(`/customers/${id}/summary`).gives(200)).segments;

  before(async () => {
    tag = await house.owner.post('/tags', { name: 'Gold' }).gives(201);
    ann = await house.customer({ display_name: 'Ann Gold', tag_ids: [tag.id] });
    gold = await house.owner.post('/segments', { name: 'Gold people', filter: { field: 'tag_id', is: tag.id }, tone: 'warn', follow_up: 'A card at Christmas' }).gives(201);
  });

  it('come ready-made, each with its follow-up, and can be adjusted', async () => {
    const ready = (await house.owner.all('/segments')).filter((one) => one.key);
    assert.deepEqual(ready.map((one) => [one.key, one.follow_up]).sort(), [['at_risk', 'Reactivation'], ['new', 'Onboarding'], ['one_time', 'Conversion'], ['recurring', 'Loyalty'], ['vip', 'Priority scheduling']]);
    const fresh = ready.find((one) => one.key === 'new');
    assert.equal(fresh.problem, null);
    const entry = await eventually(async () => (await ofCustomer(ann.id)).find((one: any) => one.id === fresh.id), (one) => one !== undefined);
    assert.deepEqual(Object.keys(entry), ['id', 'name', 'since', 'reason']);
    assert.equal(entry.name, 'New');
    assert.equal(entry.reason, 'created today');
    const wider = await house.owner.patch(`/segments/${fresh.id}`, { filter: { field: 'created_at', gte: { days_ago: 90 } } }).gives(200);
    assert.equal(wider.version, fresh.version + 1);
    assert.equal(wider.key, 'new');
    await house.owner.post('/segments', { name: 'Sham', key: 'vip', filter: { all: [] } }).refuses(422, undefined, ['/key']);
  });

  it('follow tags and tell who enters and leaves, and why', async () => {
    assert.deepEqual(await settles(gold.id, [ann.id]), [ann.id]);
    const ben = await house.customer({ display_name: 'Ben' });
    await house.owner.patch(`/customers/${ben.id}`, { tag_ids: [tag.id] }).gives(200);
    assert.deepEqual(await settles(gold.id, [ann.id, ben.id]), [ann.id, ben.id].sort());
    const page = await house.owner.get(`/segments/${gold.id}/members?limit=1`).gives(200);
    assert.deepEqual(Object.keys(page.data[0]).sort(), ['customer_id', 'display_name', 'reason', 'since']);
    assert.deepEqual([page.data[0].customer_id, page.data[0].display_name, page.data[0].reason, page.total], [ben.id, 'Ben', 'tag Gold', 2]);
    assert.ok(page.next);
    assert.equal((await house.owner.get(`/segments/${gold.id}`).gives(200)).customers, 2);
    assert.deepEqual((await house.owner.all(`/customers?segment_id=${gold.id}`)).map((one) => one.id).sort(), [ann.id, ben.id].sort());
    const filter = encodeURIComponent(JSON.stringify({ all: [{ field: 'segment_id', is: gold.id }, { field: 'name', contains: 'ben' }] }));
    assert.deepEqual((await house.owner.all(`/customers?filter=${filter}`)).map((one) => one.id), [ben.id]);
    await house.owner.patch(`/customers/${ben.id}`, { tag_ids: [] }).gives(200);
    assert.deepEqual(await settles(gold.id, [ann.id]), [ann.id]);
    const story = (await house.timeline(ben.id)).filter((event) => event.kind.startsWith('segment.'));
    assert.deepEqual(story.map((event) => [event.kind, event.actor.kind, event.subject.id, event.facts.segment_id]), [['segment.left', 'system', gold.id, gold.id], ['segment.entered', 'system', gold.id, gold.id]]);
    assert.equal(story[1].headline, 'Patron put the customer into the segment Gold people');
    const events = (await house.spine()).filter((event) => event.kind === 'segment.entered' && event.customer_id === ben.id && event.facts.segment_id === gold.id);
    assert.equal(events.length, 1);
  });

  it('let go of who lies in the bin and take them back', async () => {
    await house.owner.delete(`/customers/${ann.id}`).answers(204);
    assert.deepEqual(await settles(gold.id, []), []);
    await house.owner.post(`/customers/${ann.id}/restoration`).gives(200);
    assert.deepEqual(await settles(gold.id, [ann.id]), [ann.id]);
  });

  it('are not what moves a customer up the list', async () => {
    const before = (await house.owner.all('/customers?shape=row&sort=-activity_at')).find((one) => one.id === ann.id).activity;
    const made = await house.owner.post('/segments', { name: 'Anns', filter: { search: 'ann' } }).gives(201);
    await settles(made.id, [ann.id]);
    assert.deepEqual((await house.owner.all('/customers?shape=row&sort=-activity_at')).find((one) => one.id === ann.id).activity, before);
    await house.owner.delete(`/segments/${made.id}`).answers(204);
    assert.ok(!(await ofCustomer(ann.id)).some((one: any) => one.id === made.id));
    assert.ok((await house.spine()).some((event) => event.kind === 'segment.deleted' && event.subject.id === made.id && event.facts.left === 1));
  });

  it('are previewed before they are kept', async () => {
    const answer = await house.owner.post('/segments/preview', { filter: { field: 'tag_id', is: tag.id } }).gives(200);
    assert.deepEqual(answer, { count: 1, total: answer.total, examples: [{ id: ann.id, display_name: 'Ann Gold', reason: 'tag Gold' }] });
    assert.ok(answer.total >= 2);
    await house.owner.post('/segments/preview', { filter: { field: 'colour', is: 'red' } }).refuses(422, undefined, ['/filter/field']);
    await house.as('read_only').post('/segments/preview', { filter: { all: [] } }).gives(200);
    const vip = { event: 'payment.received', less: 'payment.refunded', sum: 'amount', top_percent: 5 };
    assert.equal((await house.owner.post('/segments/preview', { filter: vip }).gives(200)).count, 0);
  });

  it('refuse what makes no sense', async () => {
    const make = (filter: any, name = 'Odd') => house.owner.post('/segments', { name, filter });
    await house.owner.post('/segments', { name: 'Odd' }).refuses(422, undefined, ['/filter']);
    await make({ field: 'tag_id', is: tag.id }, 'gold PEOPLE').refuses(409, 'name_taken');
    await make({ field: 'worker_id', is: 'me' }).refuses(422, undefined, ['/filter']);
    await make({ field: 'segment_id', is: 'seg_0000000000001' }).refuses(422, undefined, ['/filter']);
    await make({ event: 'payment.received', sum: 'amount', top_percent: 0 }).refuses(422, undefined, ['/filter/top_percent']);
    await make({ event: 'payment.received', sum: 'amount', top_percent: 5, in_days: 9 }).refuses(422, undefined, ['/filter/top_percent']);
    await make({ event: 'payment.received', top_percent: 5 }).refuses(422, undefined, ['/filter/top_percent']);
    await make({ event: ['booking.moved', 'nonsense.kind'] }).refuses(422, undefined, ['/filter/event/1']);
    await make({ event: 'booking.moved', upcoming: false }).refuses(422, undefined, ['/filter/upcoming']);
    const inner = await make({ field: 'source', is: 'fair' }, 'Inner').gives(201);
    const outer = await make({ not: { field: 'segment_id', is: inner.id } }, 'Outer').gives(201);
    const problem = await house.owner.patch(`/segments/${inner.id}`, { filter: { field: 'segment_id', is: [gold.id, outer.id] } }).refuses(422, undefined, ['/filter']);
    assert.match(problem.detail, /Inner → Outer → Inner/);
    await house.owner.delete(`/segments/${inner.id}`).refuses(409, 'segment_in_use');
    await house.as('read_only').post('/segments', { name: 'Mine', filter: { all: [] } }).refuses(403);
    await house.owner.get('/segments/seg_0000000000001').refuses(404);
  });

  it('rest when they are switched off, and say when their filter names what is gone', async () => {
    const field = await house.owner.post('/fields', { key: 'size', label: 'Size', type: 'number' }).gives(201);
    const big = await house.owner.post('/segments', { name: 'Big', filter: { field: 'custom.size', gte: 10 } }).gives(201);
    const carl = await house.customer({ display_name: 'Carl', custom: { size: 12 } });
    assert.deepEqual(await settles(big.id, [carl.id]), [carl.id]);
    await house.owner.patch(`/segments/${big.id}`, { enabled: false }).gives(200);
    assert.deepEqual(await settles(big.id, []), []);
    await house.owner.patch(`/segments/${big.id}`, { enabled: true }).gives(200);
    assert.deepEqual(await settles(big.id, [carl.id]), [carl.id]);
    const settled = await eventually(() => house.owner.get(`/segments/${big.id}`).gives(200), (one) => one.settled);
    assert.deepEqual([settled.settled, settled.problem, settled.customers], [true, null, 1]);
    await house.owner.patch(`/customers/${carl.id}`, { custom: { size: null } }).gives(200);
    await settles(big.id, []);
    await house.owner.delete(`/fields/${field.id}`).answers(204);
    assert.match((await house.owner.get(`/segments/${big.id}`).gives(200)).problem, /custom\.size/);
  });

  it('are left by who is moved to the bin, which is all that their story says', async () => {
    const made = await house.customer({ display_name: 'Binned', tag_ids: [tag.id] });
    await eventually(() => ofCustomer(made.id), (list: any) => list.some((one: any) => one.id === gold.id));
    await house.owner.delete(`/customers/${made.id}`).answers(204);
    const left = await eventually(async () => (await house.spine()).find((event) => event.kind === 'segment.left' && event.customer_id === made.id && event.subject.id === gold.id), (one) => one !== undefined);
    assert.equal(left!.facts.silent, true);
    await house.owner.post(`/customers/${made.id}/restoration`).gives(200);
    const told = (await house.timeline(made.id)).map((event) => event.kind);
    assert.ok(!told.includes('segment.left'), String(told));
    await house.owner.delete(`/customers/${made.id}`).answers(204);
  });

  it('tell of many at once as one event, which the story of each shows', async () => {
    const many = await Promise.all(Array.from({ length: 55 }, (_, index) => house.customer({ display_name: `Visitor ${index}`, source: 'crowd' })));
    const crowd = await house.owner.post('/segments', { name: 'Crowd', filter: { field: 'source', is: 'crowd' } }).gives(201);
    const ids = many.map((one) => one.id).sort();
    assert.deepEqual(await settles(crowd.id, ids), ids);
    const told = async () => (await house.spine()).filter((event) => event.subject.id === crowd.id && /entered|left/.test(event.kind)).map((event) => [event.kind, event.customer_id ?? null, event.facts.customers ?? null]);
    assert.deepEqual(await told(), [['segment.entered', null, 55]]);
    const line = async (id: string) => (await house.timeline(id)).filter((event) => event.facts.segment_id === crowd.id).map((event) => [event.kind, event.customer_id, event.headline]);
    for (const one of [many[0], many[54]]) assert.deepEqual(await line(one.id), [['segment.entered', one.id, 'Patron put the customer into the segment Crowd']]);
    assert.deepEqual((await house.owner.all(`/customers/${many[7].id}/timeline`, 1)).map((event) => event.id), (await house.timeline(many[7].id)).map((event) => event.id));
    assert.equal((await house.owner.get(`/customers?segment_id=${crowd.id}&limit=1`).gives(200)).total, 55);
    const rows = (await house.owner.get(`/customers?shape=row&source=crowd&limit=3`).gives(200)).data;
    for (const row of rows) assert.ok(row.segment_ids.includes(crowd.id), JSON.stringify(row));
    const tally = await house.owner.get('/customers/tally?by=segment_id&source=crowd').gives(200);
    assert.equal(tally.data.find((one: any) => one.value === crowd.id).count, 55);
    assert.equal((await house.owner.all('/segments')).find((one) => one.id === crowd.id).customers, 55);
    await house.owner.patch(`/segments/${crowd.id}`, { enabled: false }).gives(200);
    assert.deepEqual(await settles(crowd.id, []), []);
    assert.equal((await house.owner.get(`/customers?segment_id=${crowd.id}&limit=1`).gives(200)).total, 0);
    assert.deepEqual(await told(), [['segment.entered', null, 55], ['segment.left', null, 55]]);
    await house.owner.patch(`/segments/${crowd.id}`, { enabled: true }).gives(200);
    assert.deepEqual(await settles(crowd.id, ids), ids);
    await house.owner.delete(`/segments/${crowd.id}`).answers(204);
    assert.equal((await house.owner.get(`/customers?segment_id=${crowd.id}&limit=1`).gives(200)).total, 0);
  });

  it('move a whole job of tagging within moments', async () => {
    const club = await house.owner.post('/tags', { name: 'Club' }).gives(201);
    const members = await house.owner.post('/segments', { name: 'Club members', filter: { field: 'tag_id', is: club.id } }).gives(201);
    const crowd = await house.owner.all('/customers?source=crowd');
    await house.owner.post('/bulk', { filter: { field: 'source', is: 'crowd' }, action: { add_tags: [club.id] } }).gives(202);
    const ids = crowd.map((one) => one.id).sort();
    assert.deepEqual(await settles(members.id, ids), ids);
  });

  it('are the same after the server was killed', async () => {
    const many = await Promise.all(Array.from({ length: 30 }, (_, index) => house.customer({ display_name: `Member ${index}` })));
    await Promise.all(many.map((one) => house.owner.patch(`/customers/${one.id}`, { tag_ids: [tag.id] }).gives(200)));
    await house.restart('SIGKILL');
    const expected = [ann.id, ...many.map((one) => one.id)].sort();
    assert.deepEqual(await settles(gold.id, expected), expected);
    for (const one of many) {
      const told = (await house.timeline(one.id)).filter((event) => event.kind === 'segment.entered' && event.facts.segment_id === gold.id);
      assert.ok(told.length <= 1, 'nobody enters twice');
    }
  });
});
