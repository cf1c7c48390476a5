// Notes are found by their words, in the database's own full-text engine, alike on both (C33).
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

forBoth('notes are found by their words', (house) => {
  const write = async (customer: any, body: string) => house.owner.post('/notes', { customer_id: customer.id, body }).gives(201);
  const found = async (q: string, more = '', client = house.owner) => (await client.all(`/notes?q=${encodeURIComponent(q)}${more}`)).map((note) => note.body);

  it('whatever their accents, case, script and order, the newest first', async () => {
    const customer = await house.customer();
    const first = await write(customer, 'Wants the **Kündigung** confirmed, by Friday');
    const other = await write(await house.customer(), 'kundigung received; see [the letter](https://letters.example/unseen)');
    await write(customer, '合同已签署 · Договор подписан · Ο πελάτης');
    assert.deepEqual(await found('KÜNDIGUNG'), [other.body, first.body]);
    assert.deepEqual(await found('friday kündig'), [first.body], 'every word, the last perhaps as a beginning');
    assert.deepEqual(await found('kündig friday'), [], 'a beginning only at the end');
    assert.equal((await found('договор')).length, 1);
    assert.equal((await found('πελατησ')).length, 1);
    assert.equal((await found('合同')).length, 1);
    assert.deepEqual(await found('unseen'), [], 'the address of a link is no text');
    assert.deepEqual(await found('kundigung', `&customer_id=${customer.id}`), [first.body]);
    assert.deepEqual(await found('…!'), [], 'no word, no note');
    const page = await house.owner.get('/notes?q=kundigung&limit=1').gives(200);
    assert.equal(page.total, 2);
    const next = await house.owner.get(`/notes?q=kundigung&limit=1&cursor=${page.next}`).gives(200);
    assert.deepEqual([page.data[0].body, next.data[0].body, next.next], [other.body, first.body, null]);
    const sorted = await house.owner.get('/notes?q=kundigung&sort=created_at').gives(200);
    assert.deepEqual(sorted.data.map((note: any) => note.body), [first.body, other.body]);
  });

  it('as they stand now: edited, in the bin, back, erased', async () => {
    const customer = await house.customer();
    const note = await write(customer, 'the quetzal sings');
    await house.owner.patch(`/notes/${note.id}`, { body: 'the oropendola sings' }).gives(200);
    assert.deepEqual(await found('quetzal'), []);
    assert.equal((await found('oropendola')).length, 1);
    await house.owner.delete(`/notes/${note.id}`).answers(204);
    assert.deepEqual(await found('oropendola'), []);
    assert.equal((await found('oropendola', '&in_bin=true')).length, 1);
    await house.owner.post(`/notes/${note.id}/restoration`).gives(200);
    assert.equal((await found('oropendola')).length, 1);
    await house.owner.delete(`/customers/${customer.id}`).answers(204);
    assert.deepEqual(await found('oropendola'), [], 'its customer is in the bin');
  });

  it('by nothing but words: signs of the engines’ own languages mean nothing', async () => {
    const customer = await house.customer();
    await write(customer, 'tapir AND NOT okapi');
    for (const q of ['tapir*', '"tapir', "tapir'", 'tapir & okapi', 'tapir | okapi', '!tapir', 'words:tapir', 'NEAR(tapir okapi)', '^tapir', 'tapir\\', '(tapir', 'tapir <-> okapi', "tapir':*"]) {
      const wanted = /near|words/i.test(q) ? 0 : 1;
      assert.equal((await found(q)).length, wanted, q);
    }
    assert.equal((await found('tapir not ok')).length, 1);
    await house.owner.get(`/notes?q=${'x'.repeat(5000)}`).gives(200);
  });
});
