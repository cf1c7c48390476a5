// The audit log as it is read: who changed, who was refused, who looked; and that nobody tampers with it unnoticed.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import type { Json } from '../support/client.ts';
import { forBoth } from '../support/house.ts';

forBoth('the audit log, read', (house) => {
  const until = (what: string, query: string, fits: (rows: Json[]) => boolean) =>
    house.owner.until(what, async () => {
      const { data } = await house.owner.get(`/audit?limit=200&${query}`).gives(200);
      return fits(data) ? data : undefined;
    });

  it('tells who opened a customer, once a minute', async () => {
    const customer = await house.customer();
    const staff = await house.user('staff');
    for (let i = 0; i < 3; i++) await house.as('staff').get(`/customers/${customer.id}`).gives(200);
    await house.as('manager').get(`/customers/${customer.id}`).gives(200);
    const rows = await until('both looks', `customer_id=${customer.id}&kind=customer.opened`, (rows) => rows.length >= 2);
    assert.equal(rows.length, 2);
    assert.deepEqual(rows.map((row: Json) => row.actor.name).sort(), ['Mona Manager', 'Stan Staff']);
    assert.ok(rows.every((row: Json) => row.subject === customer.id && row.outcome === 200 && row.fields.length === 0));
    void staff;
  });

  it('tells that somebody searched, not for what', async () => {
    await house.as('staff').get('/customers?q=Quibblesworth').gives(200);
    await until('the search', 'kind=customers.searched', (rows) => rows.length === 1);
    assert.doesNotMatch((await house.owner.get('/audit?limit=200').answers(200)).text, /uibblesworth/i);
  });

  it('tells changes with the names of fields, and refusals', async () => {
    const customer = await house.customer();
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Whispered secret' }).gives(200);
    await house.as('read_only').patch(`/customers/${customer.id}`, { source: 'x' }).refuses(403);
    const changed = await until('the change', `customer_id=${customer.id}&kind=customer.updated`, (rows) => rows.length === 1);
    assert.deepEqual(changed[0].fields, ['source']);
    assert.equal(changed[0].subject_name, 'Ada Lovelace');
    const refused = await until('the refusal', `subject=${customer.id}&refused=true`, (rows) => rows.length === 1);
    assert.equal(refused[0].outcome, 403);
    assert.equal(refused[0].actor.name, 'Rita Reader');
    assert.doesNotMatch((await house.owner.get('/audit?limit=200').answers(200)).text, /Whispered/);
  });

  it('is for managers and owners', async () => {
    await house.as('manager').get('/audit').gives(200);
    await house.as('staff').get('/audit').refuses(403);
    await house.owner.get('/audit?actor=nobody-knows&at[gte]=2020-01-01&looks=false').gives(200);
    await house.owner.get('/audit?at=tomorrow').refuses(422);
  });

  it('is a chain without gaps, which the check reads', async () => {
    const rows = await house.owner.all('/audit');
    const numbers = rows.map((row) => row.seq).sort((one, other) => one - other);
    assert.deepEqual(numbers, numbers.map((_, i) => i + 1));
    assert.match((await house.command(['check'])).err, /in order/);
  });
});
