// The records around the customer: folders, statuses, tags, fields, relations, users, the business itself.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

forBoth('folders', (house) => {
  it('nest, count their customers and are not deleted with something inside', async () => {
    const top = await house.owner.post('/folders', { name: 'Clients', stage: 'active', tone: 'ok' }).gives(201);
    assert.match(top.id, /^fol_/);
    const sub = await house.owner.post('/folders', { name: 'Weddings', parent_id: top.id }).gives(201);
    const made = await house.customer({ folder_id: sub.id });
    assert.equal((await house.owner.get(`/folders/${sub.id}`).gives(200)).customers, 1);
    await house.owner.delete(`/folders/${top.id}`).refuses(409, 'folder_not_empty');
    await house.owner.delete(`/folders/${sub.id}`).refuses(409, 'folder_not_empty');
    await house.owner.patch(`/customers/${made.id}`, { folder_id: top.id }).gives(200);
    const moved = (await house.timeline(made.id)).find((event) => event.kind === 'customer.moved')!;
    assert.match(moved.headline, /from Weddings to Clients/);
    const change = moved.changes.find((one: any) => one.field === 'folder_id');
    assert.deepEqual([change.from, change.to, change.from_text, change.to_text], [sub.id, top.id, 'Weddings', 'Clients']);
    await house.owner.delete(`/folders/${sub.id}`).answers(204);
  });

  it('do not become their own ancestors', async () => {
    const one = await house.owner.post('/folders', { name: 'One' }).gives(201);
    const two = await house.owner.post('/folders', { name: 'Two', parent_id: one.id }).gives(201);
    await house.owner.patch(`/folders/${one.id}`, { parent_id: one.id }).refuses(422, 'invalid', ['/parent_id']);
    await house.owner.patch(`/folders/${one.id}`, { parent_id: two.id }).refuses(422, 'invalid', ['/parent_id']);
  });

  it('have statuses of their own, or their parent’s', async () => {
    const one = await house.owner.post('/folders', { name: 'Deals' }).gives(201);
    const two = await house.owner.post('/folders', { name: 'Elsewhere' }).gives(201);
    const child = await house.owner.post('/folders', { name: 'Small deals', parent_id: one.id }).gives(201);
    const status = await house.owner.post('/statuses', { folder_id: one.id, name: 'Won', tone: 'ok' }).gives(201);
    assert.match(status.id, /^sta_/);
    await house.customer({ folder_id: one.id, status_id: status.id });
    await house.customer({ folder_id: child.id, status_id: status.id });
    await house.owner.post('/customers', { display_name: 'X', folder_id: two.id, status_id: status.id }).refuses(422, 'invalid', ['/status_id']);
    assert.deepEqual((await house.owner.all(`/statuses?folder_id=${one.id}`)).map((row) => row.id), [status.id]);
    const defaults = await house.owner.patch(`/folders/${one.id}`, { default_status_id: status.id }).gives(200);
    assert.equal(defaults.default_status_id, status.id);
    assert.equal((await house.customer({ folder_id: one.id })).status_id, status.id);
    await house.owner.post('/statuses', { folder_id: one.id, name: 'Odd', tone: 'puce' }).refuses(422, 'invalid', ['/tone']);
  });
});

forBoth('tags', (house) => {
  it('are named once, counted, and stay while a customer has them', async () => {
    const tag = await house.owner.post('/tags', { name: 'VIP', tone: 'violet' }).gives(201);
    assert.match(tag.id, /^tag_/);
    await house.owner.post('/tags', { name: 'vip' }).answer.then((answer) => assert.ok([409, 422].includes(answer.status), String(answer)));
    const made = await house.customer({ tag_ids: [tag.id] });
    assert.equal((await house.owner.get(`/tags/${tag.id}`).gives(200)).customers, 1);
    assert.equal((await house.owner.patch(`/tags/${tag.id}`, { name: 'Very important' }).gives(200)).name, 'Very important');
    await house.owner.patch(`/customers/${made.id}`, { tag_ids: [tag.id, tag.id] }).answer.then((answer) =>
      assert.ok(answer.status === 422 || (answer.status === 200 && answer.json.tag_ids.length === 1), String(answer)));
    await house.owner.delete(`/tags/${tag.id}`).refuses(409, 'tag_in_use');
    await house.owner.patch(`/customers/${made.id}`, { tag_ids: [] }).gives(200);
    await house.owner.delete(`/tags/${tag.id}`).answers(204);
    await house.owner.get(`/tags/${tag.id}`).answer.then((answer) => assert.ok([404, 410].includes(answer.status), String(answer)));
  });
});

forBoth('custom fields', (house) => {
  const types: [string, object, unknown[], unknown[]][] = [
    ['text', {}, ['hello', 'ünïcode 🦊'], [1, true, [], {}]],
    ['long_text', {}, ['two\nlines'], [1]],
    ['number', {}, [0, -3, 2.5], ['1', true]],
    ['money', {}, [{ amount: 1250, currency: 'EUR' }, { amount: -5, currency: 'JPY' }], [12, { amount: 1 }, { amount: 1.5, currency: 'EUR' }, { amount: 1, currency: 'XYZ' }, { amount: 1, currency: 'EUR', tip: 1 }]],
    ['date', {}, ['2026-11-21', '1900-02-28'], ['2026-13-01', '2025-02-29', 'today', 20261121]],
    ['date_time', {}, ['2026-11-21T09:30:00.000Z'], ['2026-11-21', 'now', 5]],
    ['checkbox', {}, [true, false], ['true', 1]],
    ['choice', { options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] }, ['a'], ['c', ['a'], 1]],
    ['choices', { options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }] }, [['a'], ['a', 'b'], []], ['a', ['c'], [1]]],
    ['url', {}, ['https://example.com/a?b=c'], ['javascript:alert(1)', 'not a url', 5]],
    ['email', {}, ['ann@example.com'], ['nope', 5]],
    ['phone', {}, ['+49 711 2842222'], [5]],
    ['id_number', {}, ['A-12/34'], [5]],
  ];

  for (const [type, more, fine, wrong] of types)
    it(`of type ${type} take what fits, and say what does not`, async () => {
      const field = await house.owner.post('/fields', { key: `my_${type}`, label: `My ${type}`, type, ...more }).gives(201);
      assert.equal(field.type, type);
      const customer = await house.customer();
      for (const value of fine) {
        const changed = await house.owner.patch(`/customers/${customer.id}`, { custom: { [field.key]: value } }).gives(200);
        if (type !== 'phone') assert.deepEqual(changed.custom[field.key], value);
      }
      for (const value of wrong) {
        const problem = await house.owner.patch(`/customers/${customer.id}`, { custom: { [field.key]: value } }).refuses(422, 'invalid');
        assert.ok(problem.errors[0].pointer.startsWith(`/custom/${field.key}`), JSON.stringify(problem));
      }
    });

  it('of the types customer and user name others', async () => {
    await house.owner.post('/fields', { key: 'friend', label: 'Friend', type: 'customer' }).gives(201);
    await house.owner.post('/fields', { key: 'adviser', label: 'Adviser', type: 'user' }).gives(201);
    const [one, two] = [await house.customer(), await house.customer()];
    const user = await house.user('owner');
    const changed = await house.owner.patch(`/customers/${one.id}`, { custom: { friend: two.id, adviser: user.id } }).gives(200);
    assert.deepEqual(changed.custom, { friend: two.id, adviser: user.id });
    for (const custom of [{ friend: user.id }, { adviser: two.id }, { friend: 'cus_0000000000001' }, { adviser: 'x' }]) await house.owner.patch(`/customers/${one.id}`, { custom }).refuses(422);
  });

  it('keep key and type, and a key is used once', async () => {
    const field = await house.owner.post('/fields', { key: 'shoe_size', label: 'Shoe size', type: 'number' }).gives(201);
    for (const change of [{ key: 'shoe' }, { type: 'text' }]) await house.owner.patch(`/fields/${field.id}`, change).answer.then((answer) => assert.ok([409, 422].includes(answer.status), String(answer)));
    await house.owner.post('/fields', { key: 'shoe_size', label: 'Again', type: 'text' }).answer.then((answer) => assert.ok([409, 422].includes(answer.status), String(answer)));
    for (const key of ['Shoe', 'shoe size', 'shoe-size', '1shoe', '', 'a.b', '$', '__proto__', 'x'.repeat(200)]) await house.owner.post('/fields', { key, label: 'X', type: 'text' }).refuses(422, 'invalid', ['/key']);
    await house.owner.post('/fields', { key: 'no_options', label: 'X', type: 'choice' }).refuses(422);
    await house.owner.post('/fields', { key: 'odd_type', label: 'X', type: 'colour' }).refuses(422, 'invalid', ['/type']);
  });

  it('that are required are asked for', async () => {
    const field = await house.owner.post('/fields', { key: 'must', label: 'Must', type: 'text', required: true }).gives(201);
    try {
      await house.owner.post('/customers', { display_name: 'Without' }).refuses(422, 'invalid', ['/custom/must']);
      const made = await house.customer({ custom: { must: 'x' } });
      await house.owner.patch(`/customers/${made.id}`, { custom: { must: null } }).refuses(422, 'invalid', ['/custom/must']);
    } finally {
      await house.owner.delete(`/fields/${field.id}`).answers(204);
    }
    await house.customer();
  });

  it('show in the feed in words', async () => {
    await house.owner.post('/fields', { key: 'mood', label: 'Mood', type: 'choice', options: [{ value: 'g', label: 'Glad' }, { value: 's', label: 'Sad' }] }).gives(201);
    const made = await house.customer({ custom: { mood: 'g' } });
    await house.owner.patch(`/customers/${made.id}`, { custom: { mood: 's' } }).gives(200);
    const [change] = (await house.lastHappened(made.id, 'customer.updated')).changes;
    assert.deepEqual([change.field, change.label, change.from, change.to, change.from_text, change.to_text], ['custom.mood', 'Mood', 'g', 's', 'Glad', 'Sad']);
  });
});

forBoth('relations', (house) => {
  it('are seen from both sides, told in both feeds, and end at once', async () => {
    const [firm, person] = [await house.customer({ display_name: 'Firm', kind: 'company' }), await house.customer({ display_name: 'Person' })];
    const made = await house.owner.post('/relations', { from_id: firm.id, to_id: person.id, kind: 'employer_of' }).gives(201);
    const [seenByFirm] = await house.owner.all(`/relations?customer_id=${firm.id}`);
    const [seenByPerson] = await house.owner.all(`/relations?customer_id=${person.id}`);
    assert.deepEqual([seenByFirm.id, seenByPerson.id], [made.id, made.id]);
    assert.deepEqual([seenByFirm.other.display_name, seenByPerson.other.display_name], ['Person', 'Firm']);
    assert.notEqual(seenByFirm.label, seenByPerson.label);
    for (const side of [firm, person]) assert.ok((await house.timeline(side.id))[0].kind.startsWith('relation.'), side.display_name);
    await house.owner.post('/relations', { from_id: firm.id, to_id: firm.id, kind: 'family' }).refuses(422);
    await house.owner.post('/relations', { from_id: firm.id, to_id: person.id, kind: 'enemy_of' }).refuses(422, 'invalid', ['/kind']);
    await house.owner.delete(`/relations/${made.id}`).answers(204);
    assert.deepEqual(await house.owner.all(`/relations?customer_id=${firm.id}`), []);
  });
});

forBoth('people and the business', (house) => {
  it('users are listed, changed, disabled', async () => {
    const staff = await house.user('staff');
    const changed = await house.owner.patch(`/users/${staff.id}`, { title: 'Front desk', availability: 'busy', phone: '+49 711 2842222' }).gives(200);
    assert.deepEqual([changed.title, changed.availability], ['Front desk', 'busy']);
    await house.owner.post('/users', { name: 'Twin', email: staff.email.toUpperCase(), role_id: staff.role_id }).answer.then((answer) => assert.ok([409, 422].includes(answer.status), String(answer)));
    await house.owner.delete(`/users/${staff.id}`).answers(204);
    assert.equal((await house.owner.get(`/users/${staff.id}`).gives(200)).state, 'disabled');
    await house.as('staff').get('/customers').refuses(401);
    for (const row of await house.owner.all('/users')) for (const name of Object.keys(row)) assert.doesNotMatch(name, /password|hash|secret/);
  });

  it('the business is one record with a version', async () => {
    const business = await house.owner.get('/business').answers(200);
    assert.deepEqual([business.json.name, business.json.currency, business.json.country, business.json.time_zone], ['Harbour Music', 'EUR', 'DE', 'Europe/Berlin']);
    const changed = await house.owner.patch('/business', { name: 'Harbour & Sea' }, { headers: { 'if-match': business.etag } }).gives(200);
    assert.equal(changed.name, 'Harbour & Sea');
    await house.owner.patch('/business', { name: 'Late' }, { headers: { 'if-match': business.etag } }).refuses(412);
    for (const [name, value] of [['currency', 'EURO'], ['country', 'Germany'], ['time_zone', 'Berlin'], ['locale', '???'], ['slug', 'other']]) await house.owner.patch('/business', { [name!]: value }).refuses(422, 'invalid', [`/${name}`]);
  });
});
