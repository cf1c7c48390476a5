// Filters as one expression, search as people type, tallies: what is written is found at once, by index and by database.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

const said = (expression: unknown) => encodeURIComponent(JSON.stringify(expression));

forBoth('filters of customers', (house) => {
  const people: Record<string, any> = {};
  let folder: any, vip: any;

  before(async () => {
    const owner = house.owner;
    folder = await owner.post('/folders', { name: 'Clients', stage: 'active' }).gives(201);
    vip = await owner.post('/tags', { name: 'VIP guests' }).gives(201);
    await owner.post('/fields', { key: 'budget', label: 'Budget', type: 'money' }).gives(201);
    await owner.post('/fields', { key: 'motto', label: 'Motto', type: 'text' }).gives(201);
    const make = async (name: string, more: object) => {
      people[name] = await owner.post('/customers', { display_name: name, ...more }).gives(201);
    };
    await make('Luís Gonçalves', { phones: [{ number: '+55 (12) 3923-5555' }], company_name: 'Embraer', folder_id: folder.id, tag_ids: [vip.id],
      custom: { budget: { amount: 5000, currency: 'EUR' } }, emails: [{ address: 'luisg@embraer.com.br' }] });
    await make('Katharina Schmidt', { phones: [{ number: '+33 6 28 12 34 56' }], folder_id: folder.id, custom: { budget: { amount: 700, currency: 'EUR' }, motto: 'Carpe diem' },
      addresses: [{ kind: 'billing', city: 'Köln', country: 'DE' }], source: 'fair' });
    await make('Anna Schmid', { source: 'web', custom: { budget: { amount: 900, currency: 'USD' } } });
    await make('Bernd Smith', { source: 'web' });
  });

  const found = async (query: string) => (await house.owner.get(`/customers?${query}`).gives(200)).data.map((one: any) => one.display_name);
  const matching = async (expression: unknown) => (await found(`sort=display_name&filter=${said(expression)}`)) as string[];

  it('answers conditions alone and together', async () => {
    assert.deepEqual(await matching({ field: 'folder_id', is: folder.id }), ['Katharina Schmidt', 'Luís Gonçalves']);
    assert.deepEqual(await matching({ field: 'tag_id', is_not: vip.id }), ['Anna Schmid', 'Bernd Smith', 'Katharina Schmidt']);
    assert.deepEqual(await matching({ field: 'custom.budget', gte: 800 }), ['Anna Schmid', 'Luís Gonçalves']);
    assert.deepEqual(await matching({ any: [{ field: 'city', contains: 'koln' }, { field: 'source', empty: true }] }), ['Katharina Schmidt', 'Luís Gonçalves']);
    assert.deepEqual(await matching({ all: [{ field: 'source', is: ['web', 'fair'] }, { not: { field: 'custom.budget', empty: true } }] }), ['Anna Schmid', 'Katharina Schmidt']);
    assert.deepEqual(await matching({ field: 'created_at', gte: { days_ago: 1 } }), ['Anna Schmid', 'Bernd Smith', 'Katharina Schmidt', 'Luís Gonçalves']);
    assert.deepEqual(await matching({ any: [] }), []);
  });

  it('counts events', async () => {
    await house.owner.post('/notes', { customer_id: people['Anna Schmid'].id, body: 'Called back' }).gives(201);
    assert.deepEqual(await matching({ event: 'note.written' }), ['Anna Schmid']);
    assert.deepEqual(await matching({ event: 'note.written', in_days: 5, count: { lt: 1 } }), ['Bernd Smith', 'Katharina Schmidt', 'Luís Gonçalves']);
  });

  it('says where an expression is wrong', async () => {
    const wrong: [unknown, string][] = [[[], ''], [{}, ''], [{ field: 'shoe_size', is: 1 }, '/field'], [{ field: 'custom.nothing', is: 1 }, '/field'],
      [{ all: [{ field: 'folder_id', is: 'tag_0000000000000' }] }, '/all/0/is'], [{ field: 'source', gt: 'a' }, '/gt'], [{ field: 'source' }, ''],
      [{ field: 'custom.budget', is: 'much' }, '/is'], [{ event: 'sun.rose' }, '/event'], [{ field: 'created_at', gte: { days_ago: -1 } }, '/gte/days_ago'],
      [{ all: {} }, '/all'], [{ search: 7 }, '/search'], [{ field: 'source', is: 'a', was: 'b' }, '/was'], [{ field: 'newsletter', is: 'yes' }, '/is']];
    let deep: unknown = { field: 'source', empty: true };
    for (let level = 0; level < 12; level++) deep = { not: deep };
    wrong.push([deep, '/not'.repeat(10)]);
    wrong.push([{ any: Array.from({ length: 201 }, () => ({ field: 'source', empty: true })) }, '/any/199']);
    for (const [expression, pointer] of wrong) {
      const problem = await house.owner.get(`/customers?filter=${said(expression)}`).gives(422);
      assert.deepEqual(problem.errors.map((one: any) => one.pointer), [`?filter${pointer}`], JSON.stringify(expression).slice(0, 80));
    }
    for (const text of ['{', 'nonsense', '']) await house.owner.get(`/customers?filter=${encodeURIComponent(text)}`).gives(422);
  });

  it('finds what people type', async () => {
    const first = async (typed: string) => (await found(`q=${encodeURIComponent(typed)}`))[0];
    for (const typed of ['luis gonc', 'GONÇALVES', 'embra', 'luisg@emb', '3923', '5555', '+55 12 3923', 'guests luis'])
      assert.equal(await first(typed), 'Luís Gonçalves', typed);
    for (const typed of ['0628', '+33 6 28', '06 28 12 34 56', '3456', 'carpe', 'koln', 'schmidt katharina'])
      assert.equal(await first(typed), 'Katharina Schmidt', typed);
    for (const typed of ['gonzalves', 'goncaves', 'gonclaves', 'gonccalves', 'embarer']) assert.equal(await first(typed), 'Luís Gonçalves', typed);
    assert.deepEqual(await found('q=schmid&sort=display_name'), ['Anna Schmid', 'Katharina Schmidt']);
    assert.deepEqual((await found('q=schmid'))[0], 'Anna Schmid', 'a whole word before the beginning of one');
    assert.deepEqual(await found('q=zzz'), []);
    const row = (await house.owner.get('/customers?shape=row&q=embraer').gives(200)).data[0];
    assert.equal(row.match.text.includes('mbraer'), true);
  });

  it('exports what the list shows', async () => {
    for (const typed of ['schmid', 'gonzalves', '0628']) {
      const file = (await house.owner.get(`/exports/customers.csv?q=${encodeURIComponent(typed)}`).answers(200)).text;
      const shown = await found(`q=${encodeURIComponent(typed)}`);
      assert.equal(file.trim().split('\r\n').length - 1, shown.length, typed);
      for (const name of shown) assert.ok(file.includes(name), `${typed}: ${name}`);
    }
  });

  it('finds at once what was written', async () => {
    for (let round = 0; round < 20; round++) {
      const made = await house.owner.post('/customers', { display_name: `Quickling ${round}`, source: 'quick' }).gives(201);
      assert.equal((await house.owner.get(`/customers?filter=${said({ field: 'source', is: 'quick' })}`).gives(200)).total, round + 1);
      assert.deepEqual(await found(`q=${encodeURIComponent(`quickling ${round}`)}&limit=1`), [made.display_name]);
    }
    for (const one of await house.owner.all('/customers?source=quick')) await house.owner.delete(`/customers/${one.id}`).gives(204);
    assert.deepEqual(await found('source=quick'), []);
  });

  it('tallies', async () => {
    const tally = await house.owner.get('/customers/tally?by=source&sum=custom.budget').gives(200);
    assert.equal(tally.total, 4);
    assert.deepEqual(tally.data, [{ value: 'web', count: 2, sums: [{ currency: 'USD', amount: 900 }] }, { value: 'fair', count: 1, sums: [{ currency: 'EUR', amount: 700 }] },
      { value: null, count: 1, sums: [{ currency: 'EUR', amount: 5000 }] }]);
    const tags = await house.owner.get(`/customers/tally?by=tag_id&folder_id=${folder.id}`).gives(200);
    assert.deepEqual(tags.data.map((line: any) => [line.value, line.count]), [[vip.id, 1], [null, 1]]);
    const months = await house.owner.get('/customers/tally?by=created_at').gives(200);
    assert.equal(months.data.reduce((sum: number, line: any) => sum + line.count, 0), 4);
    assert.match(months.data[0].value, /^\d{4}-\d\d$/);
    for (const query of ['', 'by=nothing', 'by=name', 'by=source&sum=source', 'by=source&in_bin=true', 'by=source&limit=3'])
      await house.owner.get(`/customers/tally?${query}`).gives(422);
  });

  it('tallies months as the business counts them', async () => {
    await house.owner.post('/fields', { key: 'met_at', label: 'Met', type: 'date_time' }).gives(201);
    const moments = ['2026-10-31T22:59:59.999Z', '2026-10-31T23:00:00.000Z', '2026-12-31T22:59:00.000Z', '2026-12-31T23:30:00.000Z'];
    const met = await Promise.all(moments.map((met_at) => house.customer({ display_name: met_at, source: 'met', custom: { met_at } })));
    const tally = await house.owner.get('/customers/tally?by=custom.met_at&source=met').gives(200);
    assert.deepEqual(tally.data.map((line: any) => [line.value, line.count]), [['2026-10', 1], ['2026-11', 1], ['2026-12', 1], ['2027-01', 1]]);
    for (const one of met) await house.owner.delete(`/customers/${one.id}`).gives(204);
  });

  it('says what can be filtered by', async () => {
    const fields = (await house.owner.get('/customers/filters').gives(200)).data;
    assert.equal(fields.find((one: any) => one.name === 'folder_id').prefix, 'fol');
    assert.equal(fields.find((one: any) => one.name === 'custom.budget').shape, 'number');
  });
});
