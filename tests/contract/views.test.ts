// Saved views: a filter and a sort under a name, for oneself or for all.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

forBoth('views', (house) => {
  const vips = async () => (await house.owner.post('/tags', { name: `VIP ${Math.random()}` }).gives(201)).id;

  it('are kept, changed and deleted like other records', async () => {
    const tag = await vips();
    const answer = await house.owner.post('/views', { name: 'Best customers', filter: { field: 'tag_id', is: tag }, sort: '-activity_at' }).answers(201);
    const made = answer.json;
    assert.match(made.id, /^viw_/);
    assert.equal(answer.header('location'), `/api/v1/views/${made.id}`);
    assert.deepEqual([made.name, made.filter, made.sort, made.shared, made.owner_id, made.broken, made.problem, made.version],
      ['Best customers', { field: 'tag_id', is: tag }, '-activity_at', false, (await house.user('owner')).id, false, null, 1]);
    const read = await house.owner.get(`/views/${made.id}`).answers(200);
    assert.equal(read.etag, '"1"');
    const changed = await house.owner.patch(`/views/${made.id}`, { name: 'The best', sort: null }, { headers: { 'if-match': '"1"' } }).gives(200);
    assert.deepEqual([changed.name, changed.sort, changed.version], ['The best', null, 2]);
    const problem = await house.owner.patch(`/views/${made.id}`, { name: 'Late' }, { headers: { 'if-match': '"1"' } }).refuses(412);
    assert.equal(problem.current.name, 'The best');
    assert.deepEqual((await house.spine()).filter((event) => event.subject?.id === made.id).map((event) => event.kind), ['view.created', 'view.updated']);
    await house.owner.delete(`/views/${made.id}`).answers(204);
    await house.owner.get(`/views/${made.id}`).refuses(404);
  });

  it('without a filter mean all customers, and stand behind the others', async () => {
    const first = await house.owner.post('/views', { name: 'All' }).gives(201);
    const second = await house.owner.post('/views', { name: 'All again' }).gives(201);
    assert.deepEqual(first.filter, { all: [] });
    assert.ok(second.rank > first.rank);
    const names = (await house.owner.all('/views')).map((view) => view.name);
    assert.ok(names.indexOf('All') < names.indexOf('All again'));
  });

  it('are seen by their owner, and by all when shared', async () => {
    const mine = await house.as('staff').post('/views', { name: 'Mine' }).gives(201);
    for (const role of ['owner', 'manager', 'read_only'] as const) await house.as(role).get(`/views/${mine.id}`).refuses(404);
    await house.as('manager').patch(`/views/${mine.id}`, { name: 'X' }).refuses(404);
    await house.as('staff').patch(`/views/${mine.id}`, { shared: true }).gives(200);
    for (const role of ['owner', 'manager', 'read_only'] as const) assert.equal((await house.as(role).get(`/views/${mine.id}`).gives(200)).name, 'Mine');
    assert.ok((await house.as('read_only').all('/views?shared=true')).some((view) => view.id === mine.id));
  });

  it('that are shared are changed by their owner or a manager', async () => {
    const theirs = await house.owner.post('/views', { name: 'House view', shared: true }).gives(201);
    await house.as('staff').patch(`/views/${theirs.id}`, { name: 'X' }).refuses(403, 'not_yours');
    await house.as('staff').delete(`/views/${theirs.id}`).refuses(403, 'not_yours');
    assert.equal((await house.as('manager').patch(`/views/${theirs.id}`, { name: 'Ours' }).gives(200)).owner_id, theirs.owner_id);
    await house.as('manager').delete(`/views/${theirs.id}`).answers(204);
  });

  it('of a wrong filter or sort are refused with the place', async () => {
    for (const [body, pointer] of [
      [{ filter: { field: 'colour', is: 'red' } }, '/filter/field'],
      [{ filter: { all: [{ field: 'created_at', gte: 'soon' }] } }, '/filter/all/0/gte'],
      [{ filter: { field: 'tag_id', is: 'tag_0000000000001' } }, '/filter'],
      [{ filter: [] }, '/filter'],
      [{ sort: 'colour' }, '/sort'],
      [{ sort: 'tag_id' }, '/sort'],
      [{ owner_id: 'usr_0000000000001' }, '/owner_id'],
    ] as const) await house.owner.post('/views', { name: 'Wrong', ...body }).refuses(422, 'invalid', [pointer]);
    await house.owner.post('/views', {}).refuses(422, 'invalid', ['/name']);
  });

  it('whose field or tag has gone say so, and can still be renamed', async () => {
    const tag = await vips();
    const field = await house.owner.post('/fields', { key: 'shoe', label: 'Shoe', type: 'number' }).gives(201);
    const byTag = await house.owner.post('/views', { name: 'By tag', filter: { any: [{ field: 'tag_id', is: [tag] }] } }).gives(201);
    const byField = await house.owner.post('/views', { name: 'By field', filter: { field: 'custom.shoe', gte: 43 }, sort: 'custom.shoe' }).gives(201);
    await house.owner.delete(`/tags/${tag}`).answers(204);
    await house.owner.delete(`/fields/${field.id}`).answers(204);
    for (const view of [byTag, byField]) {
      const read = await house.owner.get(`/views/${view.id}`).gives(200);
      assert.equal(read.broken, true);
      assert.ok(read.problem.length > 10);
      assert.equal((await house.owner.all('/views')).find((one) => one.id === view.id).broken, true);
      assert.equal((await house.owner.patch(`/views/${view.id}`, { name: 'Broken' }).gives(200)).broken, true);
      assert.equal((await house.owner.patch(`/views/${view.id}`, { filter: { all: [] }, sort: null }).gives(200)).broken, false);
    }
  });
});
