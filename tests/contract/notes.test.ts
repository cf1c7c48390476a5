// Notes: Markdown made safe, an order of one's own, inside or outside, and people called by name.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

forBoth('notes', (house) => {
  const note = (customer: any, members: object = {}) => house.owner.post('/notes', { customer_id: customer.id, body: 'Called, no answer', ...members }).gives(201);
  const order = async (customer: any) => (await house.owner.all(`/notes?customer_id=${customer.id}&sort=rank`)).map((row) => row.body);

  it('are written, changed and deleted, each told in the feed', async () => {
    const customer = await house.customer();
    const made = await note(customer);
    assert.match(made.id, /^not_/);
    assert.equal(made.author_id, (await house.user('owner')).id);
    assert.deepEqual([made.public, made.pinned], [false, false]);
    const written = await house.lastHappened(customer.id, 'note.written', /Olive Owner/);
    assert.equal(written.facts.note_id, made.id);
    assert.ok(!JSON.stringify(written).includes('no answer'), 'the feed reads the note itself: nothing private is copied into events');
    const page = await house.owner.get(`/customers/${customer.id}/timeline`).gives(200);
    assert.equal(page.included.notes[made.id].body, 'Called, no answer');
    const changed = await house.as('staff').patch(`/notes/${made.id}`, { body: 'Called, spoke to her' }).gives(200);
    assert.equal(changed.author_id, made.author_id, 'who changes it does not become its author');
    await house.owner.delete(`/notes/${made.id}`).answers(204);
    const kinds = (await house.timeline(customer.id)).map((event) => event.kind);
    assert.equal(kinds.at(-1), 'customer.created');
    assert.ok(kinds.filter((kind) => kind.startsWith('note.')).length >= 3, String(kinds));
  });

  it('are Markdown, rendered and made safe by the server', async () => {
    const customer = await house.customer();
    const made = await note(customer, { body: '**bold** and [a link](https://example.com)\n\n- one\n- two' });
    assert.match(made.html, /<strong>bold<\/strong>/);
    assert.match(made.html, /<li>/);
    for (const body of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', '[x](data:text/html,hi)', '<a href="javascript:alert(1)">x</a>', '<style>*{}</style>', '[x]( java\tscript:alert(1))',
      '<iframe src="//evil.example">', '![x](javascript:alert(1))', '<svg/onload=alert(1)>', '[x](vbscript:x)', '&#60;script&#62;', '`<script>`', '[a]: javascript:alert(1)\n\n[a]']) {
      const { html } = await note(customer, { body });
      assert.doesNotMatch(html, /<(script|style|iframe|svg|img[^>]*onerror|object|embed|form)|(href|src)="\s*(javascript|vbscript|data):|\son\w+=/i, `${body} → ${html}`);
    }
  });

  it('are moved between others, pinned ones apart', async () => {
    const customer = await house.customer();
    const [a, b, c] = [await note(customer, { body: 'a' }), await note(customer, { body: 'b' }), await note(customer, { body: 'c' })];
    const start = await order(customer);
    assert.deepEqual([...start].sort(), ['a', 'b', 'c']);
    await house.owner.patch(`/notes/${c.id}`, { after: null }).gives(200);
    assert.equal((await order(customer))[0], 'c');
    await house.owner.patch(`/notes/${a.id}`, { after: c.id }).gives(200);
    assert.deepEqual(await order(customer), ['c', 'a', 'b']);
    await house.owner.patch(`/notes/${c.id}`, { after: b.id }).gives(200);
    assert.deepEqual(await order(customer), ['a', 'b', 'c']);
    for (let step = 0; step < 60; step++) await house.owner.patch(`/notes/${step % 2 ? a.id : b.id}`, { after: null }).gives(200);
    assert.deepEqual(await order(customer), ['a', 'b', 'c']);
    for (const row of await house.owner.all(`/notes?customer_id=${customer.id}`)) assert.ok(row.rank.length < 60, `ranks stay short: ${row.rank.length}`);
    const elsewhere = await note(await house.customer());
    await house.owner.patch(`/notes/${a.id}`, { after: elsewhere.id }).refuses(422, 'invalid', ['/after']);
    assert.equal((await house.owner.patch(`/notes/${a.id}`, { pinned: true, public: true }).gives(200)).public, true);
  });

  it('of all customers are listed newest first, without those of customers in the bin', async () => {
    const [one, other] = [await house.customer(), await house.customer()];
    const made = [await note(one), await note(other, { pinned: true }), await note(one, { alert: true, public: true })].map((written) => written.id);
    const ids = async (query: string) => (await house.owner.all(`/notes?${query}`)).map((row) => row.id).filter((id) => made.includes(id));
    assert.deepEqual(await ids(''), made.toReversed());
    assert.deepEqual(await ids('sort=created_at'), made);
    assert.deepEqual(await ids('pinned=true'), [made[1]]);
    assert.deepEqual(await ids('alert=true'), [made[2]]);
    assert.deepEqual(await ids('public=true'), [made[2]]);
    assert.deepEqual(await ids('public=false'), [made[1], made[0]]);
    await house.owner.get('/notes?sort=rank').refuses(422, 'invalid', ['?sort']);
    await house.owner.delete(`/notes/${made[2]}`).answers(204);
    assert.deepEqual(await ids('in_bin=true'), [made[2]]);
    await house.owner.delete(`/customers/${other.id}`).answers(204);
    assert.deepEqual(await ids(''), [made[0]]);
    await house.owner.post(`/customers/${other.id}/restoration`).gives(200);
    assert.deepEqual(await ids(''), [made[1], made[0]]);
  });

  it('name people', async () => {
    const customer = await house.customer();
    const staff = await house.user('staff');
    const made = await note(customer, { body: `Please call back, @[Stan Staff](${staff.id})` });
    assert.deepEqual(made.mentions, [staff.id]);
    assert.deepEqual((await note(customer, { body: '@[Nobody](usr_0000000000001) and @[odd](cus_1)' })).mentions, []);
  });

  it('belong to a customer for good', async () => {
    const [one, two] = [await house.customer(), await house.customer()];
    const made = await note(one);
    await house.owner.patch(`/notes/${made.id}`, { customer_id: two.id }).refuses(422, 'invalid', ['/customer_id']);
    await house.owner.post('/notes', { customer_id: 'cus_0000000000001', body: 'x' }).refuses(422, 'invalid', ['/customer_id']);
    await house.owner.post('/notes', { body: 'x' }).refuses(422, 'invalid', ['/customer_id']);
    await house.owner.post('/notes', { customer_id: one.id, body: '  \n ' }).refuses(422, 'invalid', ['/body']);
    assert.equal((await house.owner.get(`/customers/${one.id}/summary`).gives(200)).counts.notes, 1);
    assert.equal((await house.owner.get(`/customers/${two.id}/summary`).gives(200)).counts.notes ?? 0, 0);
  });
});
