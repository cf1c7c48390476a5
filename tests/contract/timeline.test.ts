// The timeline: everything that happened, in pages, by kind, by person, by time; and honest about where it begins.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { assertWhole, rows } from '../support/database.ts';
import { forBoth } from '../support/house.ts';

forBoth('the timeline', (house) => {
  let customer: any;
  const steps = 520;

  before(async () => {
    customer = await house.customer({ display_name: 'Busy' });
    for (let batch = 0; batch < steps / 20; batch++)
      await Promise.all(Array.from({ length: 20 }, (_, index) => house.owner.post('/notes', { customer_id: customer.id, body: `Note ${batch}-${index} about ${index % 2 ? 'tea' : 'coffee'}` }).gives(201)));
    const stan = await house.signedIn('staff');
    for (let step = 0; step < steps; step++) await (step % 2 ? house.owner : stan).patch(`/customers/${customer.id}`, { source: `step ${step}` }).gives(200);
  });

  const page = (query: string) => house.owner.get(`/customers/${customer.id}/timeline${query}`).gives(200);

  it('holds all of it, newest first, in pages without gap or repeat', async () => {
    const whole = await house.timeline(customer.id);
    assert.equal(whole.length, 2 * steps + 1);
    for (let index = 1; index < whole.length; index++) {
      const [newer, older] = [whole[index - 1], whole[index]];
      assert.ok(newer.happened_at > older.happened_at || (newer.happened_at === older.happened_at && newer.position > older.position), `order at ${index}`);
    }
    assert.deepEqual((await house.owner.all(`/customers/${customer.id}/timeline`, 33)).map((event) => event.id), whole.map((event) => event.id));
    for (const limit of [0, 201, -1]) await house.owner.get(`/customers/${customer.id}/timeline?limit=${limit}`).refuses(422, undefined, ['?limit']);
  });

  it('has whole events', async () => {
    const event = (await page('?kind=customer.updated&limit=1')).data[0];
    assert.match(event.id, /^evt_/);
    assert.ok(Number.isInteger(event.position));
    for (const name of ['happened_at', 'recorded_at']) assert.match(event[name], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(event.subject, { ...event.subject, kind: 'customer', id: customer.id });
    assert.ok(['user', 'key'].includes(event.actor.kind));
    assert.ok(event.headline.includes(event.actor.name));
    assert.equal(event.parts.map((part: any) => part.text).join(''), event.headline);
    assert.equal(event.changes[0].field, 'source');
    assert.equal(typeof event.facts, 'object');
  });

  it('stays whole while more happens between two pages', async () => {
    const first = await page('?limit=50');
    await house.owner.patch(`/customers/${customer.id}`, { language: 'fr' }).gives(200);
    const second = await page(`?limit=50&cursor=${encodeURIComponent(first.next)}`);
    assert.equal(new Set([...first.data, ...second.data].map((event) => event.id)).size, 100);
    assert.ok(second.data[0].position < first.data.at(-1).position);
    await house.owner.patch(`/customers/${customer.id}`, { language: null }).gives(200);
  });

  it('is filtered by kind, group, person, words and time', async () => {
    const all = await house.timeline(customer.id);
    const count = async (query: string) => (await house.timeline(customer.id, query)).length;
    assert.equal(await count('?kind=note.written'), steps);
    assert.equal(await count('?kind=notes'), steps);
    assert.equal(await count('?kind=changes'), all.filter((event) => event.kind === 'customer.updated').length + (await count('?kind=customer.created')));
    const staff = await house.user('staff');
    const byStaff = await house.timeline(customer.id, `?actor=${staff.id}`);
    assert.equal(byStaff.length, steps / 2);
    assert.ok(byStaff.every((event) => event.actor.id === staff.id && event.actor.name === 'Stan Staff'));
    const middle = all[Math.floor(all.length / 2)].happened_at;
    assert.equal(await count(`?from=${middle}`), all.filter((event) => event.happened_at >= middle).length);
    const early = await house.timeline(customer.id, `?to=${middle}`);
    assert.ok(early.length > 0 && early.every((event) => event.happened_at <= middle));
    assert.equal(await count('?from=2001-01-01&to=2001-12-31'), 0);
    assert.ok((await count('?q=step%20519')) >= 1);
    await house.owner.get(`/customers/${customer.id}/timeline?kind=nonsense.kind`).answer.then((answer) => assert.ok(answer.status === 422 || (answer.status === 200 && answer.json.data.length === 0)));
    await house.owner.get(`/customers/${customer.id}/timeline?from=yesterday`).refuses(422, undefined, ['?from']);
    await house.owner.get(`/customers/${customer.id}/timeline?colour=red`).refuses(422);
  });

  it('says since when it records', async () => {
    const { recorded_since } = await page('?limit=1');
    assert.ok(recorded_since['customer.created'] && recorded_since['note.written'], JSON.stringify(recorded_since));
    for (const time of Object.values<string>(recorded_since)) assert.match(time, /^\d{4}-/);
  });

  it('opens a long life as quickly as a short one', async () => {
    const short = await house.customer({ display_name: 'Quiet' });
    const time = async (id: string) => {
      const begun = process.hrtime.bigint();
      await house.owner.get(`/customers/${id}/timeline?limit=20`).gives(200);
      return Number(process.hrtime.bigint() - begun) / 1e6;
    };
    // Turn by turn, and the best of each: whatever else the machine does only adds.
    let [long, quick] = [Infinity, Infinity];
    for (let round = 0; round < 60; round++) [long, quick] = [Math.min(long, await time(customer.id)), Math.min(quick, await time(short.id))];
    assert.ok(long < quick * 6 + 15, `1,041 events: ${long.toFixed(1)} ms a page; one event: ${quick.toFixed(1)} ms`);
  });

  it('tells every kind of change a customer can go through', async () => {
    const made = await house.customer();
    const tag = await house.owner.post('/tags', { name: 'Told' }).gives(201);
    const folder = await house.owner.post('/folders', { name: 'Told' }).gives(201);
    const staff = await house.user('staff');
    let events = 1;
    for (const change of [{ tag_ids: [tag.id] }, { folder_id: folder.id }, { workers: [{ user_id: staff.id, responsible: true }] }, { emails: [{ address: 'told@example.com' }] }, { phones: [{ number: '+49 711 2842222' }] },
      { addresses: [{ kind: 'billing', city: 'Ulm' }] }, { display_name: 'Renamed' }, { newsletter: true }, { kind: 'company' }, { customer_since: '2020-01-01' }]) {
      await house.owner.patch(`/customers/${made.id}`, change).gives(200);
      const told = await house.timeline(made.id);
      assert.equal(told.length, ++events, JSON.stringify(change));
      assert.ok(told[0].changes.some((one: any) => one.field === Object.keys(change)[0]), JSON.stringify(told[0]));
      assert.ok(told[0].changes.every((one: any) => one.label && 'from_text' in one && 'to_text' in one));
    }
    const moved = (await house.timeline(made.id)).find((event) => event.changes[0].field === 'workers');
    assert.match(moved!.changes[0].to_text, /Stan Staff/);
  });

  it('says in a headline what a person would say', async () => {
    const tag = await house.owner.post('/tags', { name: 'Worded' }).gives(201);
    const folder = await house.owner.post('/folders', { name: 'Worded' }).gives(201);
    const field = await house.owner.post('/fields', { label: 'Usual budget', type: 'money' }).gives(201);
    const made = await house.customer({ display_name: 'Worded', folder_id: null });
    const says = async (change: object) => {
      await house.owner.patch(`/customers/${made.id}`, change).gives(200);
      return house.lastHappened(made.id, (await house.timeline(made.id))[0]!.kind);
    };
    assert.match((await says({ tag_ids: [tag.id] })).headline, / changed the tags to Worded$/);
    assert.match((await says({ tag_ids: [] })).headline, / changed the tags from Worded to no tags$/);
    assert.match((await says({ folder_id: folder.id })).headline, / moved the customer (from .+ )?to Worded$/);
    const paid = await says({ custom: { [field.key]: { amount: 24_050, currency: 'EUR' } } });
    assert.match(paid.headline, / changed Usual budget$/);
    assert.equal(paid.changes[0].to_text, '240.50 EUR');
    assert.equal((await says({ custom: { [field.key]: { amount: -300, currency: 'JPY' } } })).changes[0].to_text, '-300 JPY');
    await house.owner.delete(`/fields/${field.id}`).answers(204);
  });

  it('audits every change that a route makes', async () => {
    const { position } = (await house.spine()).at(-1)!;
    const made = await house.owner.post('/tags', { name: 'Audited' }).gives(201);
    await house.owner.patch(`/tags/${made.id}`, { name: 'Audited twice' }).gives(200);
    await house.owner.delete(`/tags/${made.id}`).answers(204);
    const events = await house.done(position);
    assert.equal(events.length, 3);
    for (const event of events) assert.equal(event.subject.id, made.id);

    const upload = (path: string, bytes: string) => house.owner.call('POST', path, undefined, { bytes, headers: { 'content-type': 'text/csv' } }).gives(201);
    await upload('/files?filename=audited.csv', 'a,b\n1,2\n');
    const list = await upload('/imports?filename=audited.csv', 'name,email\nAudited,audited@example.com\n');
    await house.owner.post(`/imports/${list.id}/run`).answer;
    await house.owner.until('the import', async () => (await house.owner.get(`/imports/${list.id}`).gives(200)).state === 'done');
    const kinds = (await rows(house, `select distinct kind from audit`)).flat();
    for (const kind of ['tag.created', 'file.added', 'import.finished', 'customer.created']) assert.ok(kinds.includes(kind), `${kind} among ${kinds}`);
    await assertWhole(house, 'after changes, an upload and an import');
  });
});
