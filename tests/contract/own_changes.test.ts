// One takes back what one changed oneself, from the line of the feed that tells it (C98).
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

forBoth('one’s own change', (house) => {
  const last = async (id: string) => (await house.owner.get(`/customers/${id}/timeline?limit=1`).gives(200)).data[0];

  it('is taken back, told like any change, and taken back again', async () => {
    const customer = await house.customer({ source: 'Website', emails: [{ address: 'ada@example.com' }] });
    const manager = house.as('manager');
    await manager.patch(`/customers/${customer.id}`, { source: 'Fair', emails: [{ address: 'ada@work.example' }], custom: {} }).gives(200);
    const change = await last(customer.id);
    const back = await manager.post(`/customers/${customer.id}/undo`, { position: change.position }).gives(200);
    assert.deepEqual([back.source, back.emails[0].address, back.version], ['Website', 'ada@example.com', 3]);
    const told = await house.lastHappened(customer.id, 'customer.updated');
    assert.deepEqual(told.changes.map((one: any) => one.field).sort(), ['emails', 'source']);
    const again = await manager.post(`/customers/${customer.id}/undo`, { position: told.position }).gives(200);
    assert.equal(again.source, 'Fair');
  });

  it('with folder and status, as they were', async () => {
    const folders = await house.owner.all('/folders');
    const customer = await house.customer();
    const target = folders.find((folder) => folder.id !== customer.folder_id)!;
    await house.owner.patch(`/customers/${customer.id}`, { folder_id: target.id }).gives(200);
    const moved = (await house.timeline(customer.id)).find((event) => event.kind === 'customer.moved')!;
    const back = await house.owner.post(`/customers/${customer.id}/undo`, { position: moved.position }).gives(200);
    assert.deepEqual([back.folder_id, back.status_id], [customer.folder_id, customer.status_id]);
  });

  it('stays where it has changed again since, whole', async () => {
    const customer = await house.customer({ source: 'Website' });
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Fair', language: 'fr' }).gives(200);
    const change = await last(customer.id);
    await house.as('staff').patch(`/customers/${customer.id}`, { source: 'Friend' }).gives(200);
    const refused = await house.owner.post(`/customers/${customer.id}/undo`, { position: change.position }).refuses(409, 'changed_since');
    assert.match(refused.detail, /source/);
    const now = await house.owner.get(`/customers/${customer.id}`).gives(200);
    assert.deepEqual([now.source, now.language], ['Friend', 'fr'], 'nothing half-done');
  });

  it('is one’s own: nobody else’s, no other event, no other customer’s', async () => {
    const customer = await house.customer({ source: 'Website' });
    await house.owner.patch(`/customers/${customer.id}`, { source: 'Fair' }).gives(200);
    const change = await last(customer.id);
    await house.as('staff').post(`/customers/${customer.id}/undo`, { position: change.position }).refuses(403, 'not_your_change');
    const created = (await house.timeline(customer.id)).find((event) => event.kind === 'customer.created')!;
    await house.owner.post(`/customers/${customer.id}/undo`, { position: created.position }).refuses(422, 'invalid', ['/position']);
    const other = await house.customer();
    await house.owner.post(`/customers/${other.id}/undo`, { position: change.position }).refuses(422, 'invalid', ['/position']);
    await house.owner.post(`/customers/${customer.id}/undo`, { position: -1 }).refuses(422, 'invalid', ['/position']);
    await house.as('read_only').post(`/customers/${customer.id}/undo`, { position: change.position }).refuses(403);
  });
});
